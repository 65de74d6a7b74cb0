import type { Trigger } from '../../../events/index.ts';
import type { NewsData } from '../news/lead-news.ts';
import { showAside, showPoints, showScore, showStage } from './show-standing.ts';

const describeTime = (trigger: Trigger | undefined): string =>
  trigger === 'time' ? ', because time has passed' : '';

export const describeTier = ({
  from,
  to,
  direction,
  score,
  trigger,
}: NewsData<'LeadTierChanged'>): string => {
  const before = from === undefined || from === 'none' ? undefined : `before: ${from}`;
  const aside = `${showAside(showScore(score), before)}${describeTime(trigger)}`;
  if (to === undefined) return `is rated differently now${aside}`;
  if (to === 'none') return `no longer qualifies${aside}`;
  return `${direction === 'down' ? 'fell to' : 'is now'} ${to}${aside}`;
};

export const describeScore = ({ from, score, tier, trigger }: NewsData<'LeadScored'>): string => {
  const before = from === undefined ? undefined : `before: ${showPoints(from)}`;
  return `has ${showScore(score) ?? 'another score'} now${showAside(tier, before)}${describeTime(trigger)}`;
};

/** The reasons of a move in the funnel, for those that say more than the move. */
const moveReasons: Readonly<Record<Trigger, string | undefined>> = {
  'first-seen': undefined,
  stated: undefined,
  activity: 'the lead was active',
  'handoff-accepted': 'sales accepted it',
  'handoff-rejected': 'sales rejected it',
  won: 'a deal was won',
  renewed: 'a contract was renewed',
  expanded: 'a contract was expanded',
  lost: 'the last open deal was lost',
  'handoff-expired': 'nobody in sales answered in time',
  time: 'time has passed',
  backfill: undefined,
  model: 'leads are scored by other rules now',
};

const describeMove = ({ from, to, kind }: NewsData<'LeadStageTransitioned'>): string => {
  if (to === undefined) return 'moved in the funnel';
  const before = from === undefined || from === null ? '' : `, before: ${showStage(from)}`;
  switch (kind) {
    case 'entered':
      return `is new: ${showStage(to)}`;
    case 'went-back':
      return `went back and is now ${showStage(to)}${before}`;
    case 'stayed':
      return `goes back to marketing, and is still ${showStage(to)}`;
    case 'advanced':
    case 'skipped':
    case undefined:
      return `is now ${showStage(to)}${before}`;
    default:
      return kind satisfies never;
  }
};

/** Describes a move in the funnel, why it happened, and the reason that somebody gave for it. */
export const describeStage = (data: NewsData<'LeadStageTransitioned'>): string => {
  const { trigger, reason } = data;
  const why = trigger === undefined ? undefined : moveReasons[trigger];
  const given = reason === undefined ? '' : `: "${reason}"`;
  return `${describeMove(data)}${why === undefined ? given : ` – ${why}${given}`}`;
};

export const describeDisqualified = ({ because, trigger }: NewsData<'LeadDisqualified'>): string =>
  `was ruled out${because === undefined ? '' : `: it ${because.text}`}${describeTime(trigger)}`;

export const describeRequalified = ({ was, cause }: NewsData<'LeadRequalified'>): string => {
  const before = was === undefined ? '' : ` (before: it ${was.text})`;
  switch (cause) {
    case 'model':
      return `is no longer ruled out, because the rules have changed${before}`;
    case 'time':
      return `is no longer ruled out, because time has passed${before}`;
    case 'facts':
    case undefined:
      return `is no longer ruled out${before}`;
    default:
      return cause satisfies never;
  }
};

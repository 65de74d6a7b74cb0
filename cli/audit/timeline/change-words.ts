import type { Action } from '../../../events/index.ts';
import type { Change, Closing } from '../../../shared/lead/index.ts';
import type { DecidedEntry, EntryStanding } from '../../../shared/ledger/index.ts';
import { quoted } from './event-words.ts';
import type { TimelineStep } from './timeline.ts';

const actionWords = (action: Action): string => {
  switch (action.kind) {
    case 'none':
      return 'none';
    case 'nurture':
      return `nurture on track "${action.track}"`;
    case 'handoff':
      return `hand-off to "${action.queue}"`;
    default:
      return action satisfies never;
  }
};

const triggerWords: Readonly<Record<string, string>> = {
  'first-seen': 'seen for the first time',
  stated: 'it was said',
  activity: 'by what it did',
  'handoff-accepted': 'a hand-off was accepted',
  'handoff-rejected': 'a hand-off was rejected',
  won: 'it was won',
  lost: 'it was lost',
};

/** Returns how the lead came to its stage, if the entry has the transition. */
const stageReason = (changes: readonly Change[]): string => {
  const change = changes.find(({ type }) => type === 'LeadStageTransitioned');
  if (change?.type !== 'LeadStageTransitioned') return '';
  const actor = change.actor === undefined ? '' : ` by ${quoted(change.actor)}`;
  return ` (${change.kind}: ${triggerWords[change.trigger] ?? change.trigger}${actor})`;
};

const moved = (name: string, before: string | undefined, after: string): string[] =>
  before === after ? [] : [`${name} ${before ?? '–'} → ${after}`];

const standingWords = ({ standing, changes }: DecidedEntry, before: EntryStanding | undefined): string[] => [
  ...moved('stage', before?.stage, standing.stage).map((words) => `${words}${stageReason(changes)}`),
  ...moved('tier', before?.tier ?? 'none', standing.tier),
  ...moved('score', before && `${before.score}`, `${standing.score}`),
  ...moved('status', before?.status ?? 'active', standing.status),
  ...moved('action', actionWords(before?.action ?? { kind: 'none' }), actionWords(standing.action)),
];

/** Returns what an entry changed: stage, tier, score, status and action, each with its value before and after. */
export const changeWords = ({ entry, before }: TimelineStep): string => {
  if (entry.kind === 'erased') return 'what it said and changed was erased';
  if (entry.kind === 'closing') return closingWords(entry.change);
  const words = standingWords(entry, before);
  return words.length === 0 ? 'nothing changed' : words.join(', ');
};

const closingWords = (change: Closing): string =>
  change.type === 'LeadErased'
    ? 'the lead was erased: it takes in nothing more'
    : `the lead became ${change.mergedInto} for good: what comes for it is recorded there`;

const signed = (value: number): string => (value < 0 ? `${value}` : `+${value}`);

const whyOf = (change: Change): string[] => {
  switch (change.type) {
    case 'LeadTierChanged':
      return change.reasons.map(({ text, weight }) => `it ${text} (${signed(weight)})`);
    case 'LeadDisqualified':
      return [`it is disqualified: it ${change.because.text}`];
    case 'LeadRequalified':
      return [
        `it is no longer disqualified, which it was since it ${change.was.text}${change.cause === 'model' ? ': the model changed' : ''}`,
      ];
    case 'LeadStageTransitioned':
      return []; // The line above has its reason.
    default:
      return change satisfies never;
  }
};

/** Returns the reasons that an entry stores: those of a tier, and of a disqualification. */
export const reasonWords = ({ entry }: TimelineStep): string[] =>
  entry.kind === 'decided' ? entry.changes.flatMap(whyOf) : [];

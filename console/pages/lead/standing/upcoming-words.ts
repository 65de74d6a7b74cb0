import { type Stage, type Status, type Tier, tiers } from '../../../../events/index.ts';
import type { Texts } from '../../../texts/en.ts';
import type { LeadAnswer, Upcoming } from '../types.ts';

/** The standing of a lead before something happens. */
export interface StandingBefore {
  readonly tier: Tier;
  readonly stage: Stage;
  readonly status: Status;
}

type Change = Extract<Upcoming, { stage: Stage }>;
type Part = Upcoming['what'][number];

/** Returns an action in words. */
export const actionWords = (action: LeadAnswer['action'], { words: { actions } }: Texts): string => {
  if (action.kind === 'handoff') return actions.handoff(action.queue);
  return action.kind === 'nurture' ? actions.nurture(action.track) : actions.none;
};

const statusWords = (change: Change, before: StandingBefore, t: Texts['lead']['upcoming']): string[] => {
  if (change.status === 'disqualified' || before.status === 'disqualified') return [];
  return [change.status === 'recycled' ? t.recycled : t.notRecycled];
};

const partWords = (part: Part, change: Change, before: StandingBefore, texts: Texts): string[] => {
  const { words } = texts;
  const t = texts.lead.upcoming;
  switch (part) {
    case 'disqualification':
      return [change.status === 'disqualified' ? t.ruledOut : t.notRuledOut];
    case 'tier': {
      const isUp = tiers.indexOf(change.tier) > tiers.indexOf(before.tier);
      const tier = words.tiers[change.tier];
      return [isUp ? t.rises(tier) : t.falls(tier)];
    }
    case 'stage':
      return [t.stage(words.stages[change.stage])];
    case 'status':
      return statusWords(change, before, t);
    case 'heldBack':
      return [t.heldBack];
    case 'demoReady':
      return [t.demoReady];
    case 'overridden':
      return [t.overridden];
    default:
      return [];
  }
};

const capitalize = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

const changeWords = (change: Change, before: StandingBefore, texts: Texts, on: string): string => {
  const t = texts.lead.upcoming;
  const parts = change.what.flatMap((part) => partWords(part, change, before, texts));
  const action = actionWords(change.action, texts);
  if (parts.length === 0) return t.actionChanges(action, on);
  const sentence = t.ifNothing(capitalize(t.join(parts)), on);
  return change.what.includes('action') ? `${sentence} ${t.thenAction(action)}` : sentence;
};

/**
 * Returns a sentence on what happens to a lead by itself.
 *
 * @param on the instant in words
 * @example 'Falls to Good on 14 March 2026 at 09:00 if nothing happens. Then: Call: sales.'
 */
export const describeUpcoming = (
  next: Upcoming,
  before: StandingBefore,
  texts: Texts,
  on: string,
): string => {
  const t = texts.lead.upcoming;
  if ('stage' in next) return changeWords(next, before, texts, on);
  if ('queue' in next) return t.handoffDue(next.queue, on);
  if ('track' in next) return t.nurtureStart(next.track, on);
  return next.what.includes('erased') ? t.erased(on) : t.settled(on);
};

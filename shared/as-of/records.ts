import { isMissed, type TimeChange, type Upcoming } from './upcoming.ts';
import { listWhat } from './what-changes.ts';

const toInstant = (at: number): string => new Date(at).toISOString();

/** Returns what happens to a lead by itself, for programs. */
export const upcomingRecord = (next: Upcoming) => {
  const common = { at: toInstant(next.at), what: listWhat(next) };
  switch (next.kind) {
    case 'change': {
      const { stage, status, tier, score, action } = next.after;
      return { ...common, stage, status, tier, score, action };
    }
    case 'handoffDue':
      return { ...common, queue: next.queue };
    case 'nurtureStart':
      return { ...common, track: next.track };
    case 'settled':
    case 'erased':
      return common;
    default:
      return next satisfies never;
  }
};

/** A lead as of an instant, in milliseconds since 1970: what time has changed until then, and what happens next. */
interface AsOf {
  readonly at: number;
  readonly meanwhile: readonly TimeChange[];
  readonly next: readonly Upcoming[];
}

/** Returns the fields that say as of when a lead is shown, and what happens to it next by itself, for programs. */
export const asOfRecord = ({ at, meanwhile, next: upcoming }: AsOf) => {
  const next = upcoming.find((one) => !isMissed(one, at));
  return {
    asOf: toInstant(at),
    next: next === undefined ? null : upcomingRecord(next),
    ...(meanwhile.length > 0 && { meanwhile: meanwhile.map(upcomingRecord) }),
  };
};

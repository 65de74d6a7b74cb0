import type { Tier } from '../../events/index.ts';
import type { StartLimits } from '../../shared/follow-ups/index.ts';

/** A stay of a lead on a track. Instants are milliseconds since 1970. */
interface Stay {
  readonly track: string;
  readonly tier: Tier;
  readonly from: number;
  readonly to?: number;
}

export interface Asked {
  readonly position: number;
  readonly track: string | undefined;
  readonly tier: Tier;
  readonly at: number;
}

/** A message that arrives at the consumer: an announcement, or that something is due. */
export type Arrival = Asked | { readonly dueAt: number };

interface Waiting {
  readonly track: string;
  readonly tier: Tier;
  readonly dueAt: number;
}

/** The result of the rules: every stay of the lead, and what it waits for or was refused. */
export interface Outcome {
  readonly stays: readonly Stay[];
  readonly waiting?: Waiting | undefined;
  readonly refused?: string | undefined;
}

const hour = 3_600_000;

export const isAsked = (arrival: Arrival): arrival is Asked => 'position' in arrival;

/** Finds the instant from which the rules allow a start, by looking through every stay so far. */
const findAllowed = (
  stays: readonly Stay[],
  limits: StartLimits,
  { track, tier, at }: Asked & { track: string },
) => {
  const { cooldownHours = 0, mostStarts = 1e9 } = limits.tracks[track] ?? {};
  const own = stays.filter((stay) => stay.track === track);
  if (own.length >= mostStarts) return undefined;
  const afterOwn = own.map(({ to = 0 }) => to + cooldownHours * hour);
  const { tierCooldownHours = 0 } = limits;
  const afterTier = stays
    .filter((stay) => stay.tier === tier)
    .map(({ from }) => from + tierCooldownHours * hour);
  return Math.max(at, ...(cooldownHours > 0 ? afterOwn : []), ...(tierCooldownHours > 0 ? afterTier : []));
};

/** Ends the stay that goes on. */
const end = (stays: readonly Stay[], at: number): Stay[] =>
  stays.map((stay) => (stay.to === undefined ? { ...stay, to: Math.max(at, stay.from) } : stay));

const beginDue = (outcome: Outcome, at: number): Outcome => {
  const { stays, waiting } = outcome;
  if (waiting === undefined || waiting.dueAt > at) return outcome;
  return { stays: [...stays, { track: waiting.track, tier: waiting.tier, from: waiting.dueAt }] };
};

const follow = (before: Outcome, limits: StartLimits, asked: Asked): Outcome => {
  const { stays } = beginDue(before, asked.at);
  const { track, tier, at } = asked;
  if (track === undefined) return { stays: end(stays, at) };
  if (stays.at(-1)?.to === undefined && stays.at(-1)?.track === track) return { stays };
  const ended = end(stays, at);
  const from = findAllowed(ended, limits, { ...asked, track });
  if (from === undefined) return { stays: ended, refused: track };
  return from <= at
    ? { stays: [...ended, { track, tier, from }] }
    : { stays: ended, waiting: { track, tier, dueAt: from } };
};

/**
 * Applies the rules to what has arrived. An announcement that comes after a later one isn't followed, so that those that
 * count are in the order of their positions.
 */
export const applyRules = (limits: StartLimits, arrivals: readonly Arrival[]): Outcome => {
  let last = 0;
  let outcome: Outcome = { stays: [] };
  for (const arrival of arrivals) {
    if (!isAsked(arrival)) outcome = beginDue(outcome, arrival.dueAt);
    else if (arrival.position > last) {
      last = arrival.position;
      outcome = follow(outcome, limits, arrival);
    }
  }
  return outcome;
};

import type { Arrival, Finding } from '../../invariants/evidence.ts';
import { groupLeads, textOf } from '../../invariants/reading.ts';
import { findEntry, groupSent, isErased, isQuarantined, isRecorded } from '../../invariants/sent-events.ts';
import type { Strike } from '../kills/plan-kills.ts';
import { findGrowths, type Growth } from '../memory/growth.ts';
import type { Outcome } from '../soak.ts';

/** The figures of a run. */
export interface Figures {
  readonly seed: number;
  readonly seconds: number;
  readonly drainSeconds: number;
  readonly leads: number;
  /** The number of events, each counted once however often it was sent. */
  readonly events: number;
  /** The number of entries in requests, repetitions included. */
  readonly sent: number;
  readonly acknowledged: number;
  /** The number of entries that were sent again since they had not been acknowledged. */
  readonly sentAgain: number;
  readonly recorded: number;
  readonly quarantined: number;
  /** The number of acknowledged deliveries of events that were already stored. */
  readonly duplicates: number;
  /** The number of acknowledged events that were stored nowhere when all was at rest. */
  readonly lost: number;
  readonly announcements: number;
  readonly handoffs: number;
  readonly merged: number;
  readonly erased: number;
  /** The number of strikes of each kind, and their sum. */
  readonly kills: number;
  readonly engineKills: number;
  readonly fullDisks: number;
  /** The number of kills during a start. */
  readonly killsAtStart: number;
  readonly restartSeconds: { readonly median: number; readonly most: number };
  readonly eventsPerSecond: number;
  readonly mostWaiting: number;
  readonly mostQueued: number;
  readonly functionCalls: number;
  readonly functionErrors: number;
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly latencyMs: {
    readonly probes: number;
    readonly recorded: { readonly p50: number; readonly p99: number };
    readonly followed: { readonly p50: number; readonly p99: number };
    /** The longest time of a probe during which the stack was killed. */
    readonly acrossKills: number;
  };
  readonly memory: {
    readonly peakStackMb: number;
    readonly peakEngineMb: number;
    readonly growths: readonly Growth[];
  };
  readonly findings: readonly Finding[];
}

/** Returns the smallest value that this share of all values doesn't exceed. */
const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
};

const most = (values: readonly number[]): number => values.reduce((max, value) => Math.max(max, value), 0);

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

const computeLatency = ({ passages }: Outcome): Figures['latencyMs'] => {
  const through = passages.filter(({ wasInterrupted }) => !wasInterrupted);
  const across = passages.filter(({ wasInterrupted }) => wasInterrupted);
  const spread = (values: readonly number[]) => ({
    p50: percentile(values, 0.5),
    p99: percentile(values, 0.99),
  });
  return {
    probes: passages.length,
    recorded: spread(through.map(({ recordedMs }) => recordedMs)),
    followed: spread(through.map(({ followedMs }) => followedMs)),
    acrossKills: most(across.map(({ followedMs }) => followedMs)),
  };
};

/** Returns a total over all lives: each life counts from 0, so their last samples are added. */
const overLives = ({ samples }: Outcome, name: 'invocations' | 'errors'): number =>
  [...Map.groupBy(samples, ({ life }) => life).values()].reduce(
    (sum, ofLife) => sum + (ofLife.at(-1)?.[name] ?? 0),
    0,
  );

const computeMemory = ({ samples }: Outcome): Figures['memory'] => ({
  peakStackMb: round(most(samples.map(({ stackMb }) => stackMb))),
  peakEngineMb: round(most(samples.map(({ engineMb }) => engineMb))),
  growths: findGrowths(samples),
});

const countStored = ({ evidence }: Outcome) => {
  const leads = [...groupLeads(evidence).values()];
  const withStatus = (status: string) =>
    leads.filter(({ state }) => textOf(state, 'status') === status).length;
  return {
    leads: leads.filter(({ state }) => state !== undefined).length,
    merged: withStatus('merged'),
    erased: withStatus('erased'),
    announcements: evidence.announced.length,
    handoffs: leads.reduce(
      (sum, { handoffs }) => sum + handoffs.filter((item) => item.queue !== undefined).length,
      0,
    ),
  };
};

const countEvents = ({ evidence, sent }: Outcome) => {
  const isInLedger = new Set(
    [...groupSent(evidence).values()]
      .flat()
      .filter((one) => isErased(findEntry(evidence, one)) || isRecorded(evidence, one))
      .map(({ arrival }) => arrival),
  );
  const arrivals = [...evidence.arrivals.values()];
  const recorded = isInLedger.size;
  const quarantined = arrivals.filter((arrival) => isQuarantined(evidence, arrival)).length;
  const isLost = (arrival: Arrival) => !isInLedger.has(arrival) && !isQuarantined(evidence, arrival);
  return {
    events: sent.distinct,
    sent: sent.tries,
    acknowledged: sent.acknowledged,
    sentAgain: sent.retried,
    recorded,
    quarantined,
    duplicates: sent.acknowledged - recorded - quarantined,
    lost: arrivals.filter(isLost).length,
  };
};

const countLives = ({ lives, killedStarts }: Outcome) => {
  const count = (strike: Strike): number => lives.filter(({ endedBy }) => endedBy === strike).length;
  const restarts = lives.slice(1).map(({ startMs }) => startMs / 1_000);
  return {
    kills: lives.filter(({ endedBy }) => endedBy !== undefined).length + killedStarts,
    engineKills: count('engine'),
    fullDisks: count('disk'),
    killsAtStart: killedStarts,
    restartSeconds: { median: round(percentile(restarts, 0.5)), most: round(most(restarts)) },
  };
};

export const computeFigures = (outcome: Outcome): Figures => {
  const seconds = outcome.loadMs / 1_000;
  const events = countEvents(outcome);
  return {
    seed: outcome.options.seed,
    seconds: round(seconds),
    drainSeconds: round(outcome.drainMs / 1_000),
    ...countStored(outcome),
    ...events,
    ...countLives(outcome),
    eventsPerSecond: round(events.acknowledged / seconds),
    mostWaiting: outcome.mostWaiting,
    mostQueued: most(outcome.samples.map(({ backlog }) => backlog)),
    functionCalls: overLives(outcome, 'invocations'),
    functionErrors: overLives(outcome, 'errors'),
    deadLetters: outcome.deadLetters,
    latencyMs: computeLatency(outcome),
    memory: computeMemory(outcome),
    findings: outcome.findings,
  };
};

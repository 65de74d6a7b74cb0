import { seededRandom } from '../random.ts';
import { quantile } from '../rounds.ts';
import { Agenda } from './agenda.ts';
import { drawArrivals, type Message } from './arrivals.ts';
import { computePollers } from './pollers.ts';
import type { Settings } from './settings.ts';

/** The effect of a load on the queue, with times in seconds. */
export interface Outcome {
  readonly events: number;
  readonly done: number;
  /** The number of times that a message returned to the queue, after ten conflicts in a row. */
  readonly returned: number;
  /** The number of messages that were received as often as allowed, and never committed. */
  readonly deadLetters: number;
  /** The number of commits whose lead had changed. */
  readonly conflicts: number;
  readonly batches: number;
  /**
   * The ages of messages when a batch takes them, including returned ones: the mean; `age99` is the 99th percentile and
   * `oldest` the maximum.
   */
  readonly meanAge: number;
  readonly age99: number;
  readonly oldest: number;
  /** The time from the end of the burst until no message waits that arrived before that end. */
  readonly drained: number;
}

interface Queued extends Message {
  /** The time of arrival or return. */
  readonly visibleFrom: number;
  /** The number of times that it was received so far. */
  readonly receives: number;
}

interface Commit {
  readonly batch: Batch;
  readonly lead: number;
  readonly messages: readonly Queued[];
  readonly read: number;
  readonly attempt: number;
}

interface Batch {
  readonly begun: number;
  open: number;
}

type Step =
  | { readonly kind: 'look' }
  | { readonly kind: 'back'; readonly messages: readonly Queued[] }
  | ({ readonly kind: 'commit' } & Commit);

/**
 * The maximum number of conflicts in a row. The pause is that of shared/retry: a random part of 25 ms, doubled each
 * time, at most a second.
 */
const mostConflicts = 10;
const pause = (random: () => number, attempt: number): number => random() * Math.min(1, 0.025 * 2 ** attempt);

/**
 * The time for which a received message is hidden, as the queue of score-leads is deployed; `mostReceives` is how often
 * a message may be received.
 */
export const hiddenSeconds = 181;
export const mostReceives = 5;

const memoryOfOneCpu = 1_769;

/**
 * Simulates the queue and the function that reads it: messages arrive, wait, and are taken in batches by as many
 * environments as allowed; each lead of a batch is committed on the version that was read, and again if another batch
 * was first. The same settings give the same outcome.
 *
 * @example
 * const { oldest, deadLetters } = simulateLoad({ ...deployed, seed: 1, load, units: measuredUnits });
 */
export const simulateLoad = (settings: Settings): Outcome => {
  const { load, units, batchSize, window, memory, concurrency } = settings;
  const random = seededRandom(settings.seed);
  const arrivals = drawArrivals(load, random);
  const agenda = new Agenda<Step>();
  const slow = 1 / Math.min(1, memory / memoryOfOneCpu);
  const changed = new Map<number, number>();
  const waiting: Queued[] = [];
  const ages: number[] = [];
  const sum = { done: 0, returned: 0, deadLetters: 0, conflicts: 0, batches: 0, busy: 0, drainedAt: 0 };
  let next = 0;
  let taken = 0;

  const begin = (at: number): void => {
    const messages = waiting.slice(taken, taken + batchSize);
    taken += messages.length;
    for (const { came } of messages) {
      ages.push(at - came);
      if (came <= load.burstFrom + load.burstFor) sum.drainedAt = Math.max(sum.drainedAt, at);
    }
    const leads = [...Map.groupBy(messages, ({ lead }) => lead)];
    const batch: Batch = { begun: at, open: leads.length };
    const cpu = units.batchCpu + units.leadCpu * leads.length + units.eventCpu * messages.length;
    const read = at + units.request;
    const waves = Math.ceil(leads.length / units.atOnce);
    // CPU time is spread over the waves in which the leads are written.
    const wave = (cpu * slow) / waves + units.request;
    sum.batches++;
    sum.busy++;
    for (const [i, [lead, own]] of leads.entries()) {
      const when = read + wave * (1 + Math.floor(i / units.atOnce));
      agenda.put(when, { kind: 'commit', batch, lead, messages: own, read, attempt: 0 });
    }
  };

  const settle = ({ batch }: Commit, at: number): void => {
    if (--batch.open > 0) return;
    sum.busy--;
    agenda.put(at, { kind: 'look' });
  };

  const giveUp = ({ batch, messages }: Commit): void => {
    const visibleFrom = batch.begun + hiddenSeconds;
    const received = messages.map((each) => ({ ...each, visibleFrom, receives: each.receives + 1 }));
    const back = received.filter(({ receives }) => receives < mostReceives);
    sum.returned += back.length;
    sum.deadLetters += received.length - back.length;
    if (back.length > 0) agenda.put(visibleFrom, { kind: 'back', messages: back });
  };

  const commit = (step: Commit, at: number): void => {
    const { lead, messages, read, attempt } = step;
    if ((changed.get(lead) ?? Number.NEGATIVE_INFINITY) <= read) {
      changed.set(lead, at);
      sum.done += messages.length;
      settle(step, at);
      return;
    }
    sum.conflicts++;
    if (attempt + 1 >= mostConflicts) {
      giveUp(step);
      settle(step, at);
      return;
    }
    const again = at + units.request + pause(random, attempt);
    const cpu = (units.leadCpu + units.eventCpu * messages.length) * slow;
    const retry = { ...step, read: again, attempt: attempt + 1 };
    agenda.put(again + cpu + units.request, { kind: 'commit', ...retry });
  };

  const mayBegin = (at: number): boolean => {
    const first = waiting[taken];
    if (first === undefined || sum.busy >= computePollers(at - load.burstFrom, concurrency)) return false;
    return waiting.length - taken >= batchSize || at >= first.visibleFrom + window;
  };

  let lookAt = Number.POSITIVE_INFINITY;
  const lookAgain = (at: number): void => {
    if (at >= lookAt) return;
    lookAt = at;
    agenda.put(at, { kind: 'look' });
  };

  const look = (at: number): void => {
    if (at >= lookAt) lookAt = Number.POSITIVE_INFINITY;
    while (mayBegin(at)) begin(at);
    const first = waiting[taken];
    // With room left, a gathering batch is checked again when its window ends; otherwise as pollers are added.
    if (first !== undefined && at < first.visibleFrom + window) lookAgain(first.visibleFrom + window);
    else if (first !== undefined && sum.busy < concurrency) lookAgain(at + 0.2);
  };

  for (let step = agenda.take(); step !== undefined || next < arrivals.length; step = agenda.take()) {
    const due = arrivals[next];
    if (due !== undefined && (step === undefined || due.came <= step.at)) {
      waiting.push({ ...due, visibleFrom: due.came, receives: 0 });
      next++;
      if (step !== undefined) agenda.put(step.at, step.what);
      look(due.came);
      continue;
    }
    if (step === undefined) break;
    if (step.what.kind === 'commit') commit(step.what, step.at);
    else {
      if (step.what.kind === 'back') waiting.push(...step.what.messages);
      look(step.at);
    }
  }
  return {
    events: arrivals.length,
    done: sum.done,
    returned: sum.returned,
    deadLetters: sum.deadLetters,
    conflicts: sum.conflicts,
    batches: sum.batches,
    meanAge: ages.reduce((total, age) => total + age, 0) / Math.max(1, ages.length),
    age99: ages.length === 0 ? 0 : quantile(ages, 0.99),
    oldest: ages.reduce((most, age) => Math.max(most, age), 0),
    drained: Math.max(0, sum.drainedAt - load.burstFrom - load.burstFor),
  };
};

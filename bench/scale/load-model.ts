import { seededRandom } from '../random.ts';
import { quantile } from '../rounds.ts';
import { Agenda } from './agenda.ts';
import { arrivalsOf, type Message } from './arrivals.ts';
import { pollersAt } from './pollers.ts';
import type { Settings } from './settings.ts';

/** What a load does to the queue. Times in seconds. */
export interface Outcome {
  readonly events: number;
  readonly done: number;
  /** Messages that came back to the queue, since others were first ten times in a row. */
  readonly returned: number;
  /** Commits that found their lead changed. */
  readonly conflicts: number;
  readonly batches: number;
  /** Of messages when a batch takes them: the mean, the 99th percentile, the most. */
  readonly meanAge: number;
  readonly age99: number;
  readonly oldest: number;
  /** From the end of the burst until no message waits that came before it ended. */
  readonly drained: number;
}

interface Commit {
  readonly batch: Batch;
  readonly lead: number;
  readonly messages: readonly Message[];
  readonly read: number;
  readonly attempt: number;
}

interface Batch {
  open: number;
  end: number;
}

type Step = { readonly kind: 'look' } | ({ readonly kind: 'commit' } & Commit);

/** As in shared/ledger: a pause of a random part of 25 ms, doubled each time, at most a second; ten times in a row. */
const mostConflicts = 10;
const pause = (random: () => number, attempt: number): number => random() * Math.min(1, 0.025 * 2 ** attempt);

/** How long a message stays away that comes back: the queue's visibility timeout. */
const awaySeconds = 181;
const memoryOfOneCpu = 1_769;

/**
 * Simulates the queue and the function that reads it: messages come, wait, are taken in batches by as many environments
 * as there may be; each lead of a batch is committed on the version that was read, and again where another batch was
 * first. The same settings give the same outcome.
 */
export const simulateLoad = (settings: Settings): Outcome => {
  const { load, units, batchSize, window, memory, concurrency } = settings;
  const random = seededRandom(settings.seed);
  const arrivals = arrivalsOf(load, random);
  const agenda = new Agenda<Step>();
  const slow = 1 / Math.min(1, memory / memoryOfOneCpu);
  const changed = new Map<number, number>();
  const waiting: Message[] = [];
  const ages: number[] = [];
  const sum = { done: 0, returned: 0, conflicts: 0, batches: 0, busy: 0, drainedAt: 0 };
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
    const batch: Batch = { open: leads.length, end: at };
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
    batch.end = Math.max(batch.end, at);
    if (--batch.open > 0) return;
    sum.busy--;
    agenda.put(at, { kind: 'look' });
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
      sum.returned += messages.length;
      for (const { came } of messages) agenda.put(at + awaySeconds, backAgain({ lead, came }));
      settle(step, at);
      return;
    }
    const again = at + units.request + pause(random, attempt);
    const cpu = (units.leadCpu + units.eventCpu * messages.length) * slow;
    const retry = { ...step, read: again, attempt: attempt + 1 };
    agenda.put(again + cpu + units.request, { kind: 'commit', ...retry });
  };

  const back: Message[] = [];
  const backAgain = (message: Message): Step => {
    back.push(message);
    return { kind: 'look' };
  };

  const mayBegin = (at: number): boolean => {
    const first = waiting[taken];
    if (first === undefined || sum.busy >= pollersAt(at - load.burstFrom, concurrency)) return false;
    return waiting.length - taken >= batchSize || at >= first.came + window;
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
    // With room left, a batch that gathers is looked at again when its window ends; else as pollers are added.
    if (first !== undefined && at < first.came + window) lookAgain(first.came + window);
    else if (first !== undefined && sum.busy < concurrency) lookAgain(at + 0.2);
  };

  for (let step = agenda.take(); step !== undefined || next < arrivals.length; step = agenda.take()) {
    const due = arrivals[next];
    if (due !== undefined && (step === undefined || due.came <= step.at)) {
      waiting.push(due);
      next++;
      if (step !== undefined) agenda.put(step.at, step.what);
      look(due.came);
      continue;
    }
    if (step === undefined) break;
    if (step.what.kind === 'commit') commit(step.what, step.at);
    else {
      waiting.push(...back.splice(0));
      look(step.at);
    }
  }
  return {
    events: arrivals.length,
    done: sum.done,
    returned: sum.returned,
    conflicts: sum.conflicts,
    batches: sum.batches,
    meanAge: ages.reduce((total, age) => total + age, 0) / Math.max(1, ages.length),
    age99: ages.length === 0 ? 0 : quantile(ages, 0.99),
    oldest: ages.reduce((most, age) => Math.max(most, age), 0),
    drained: Math.max(0, sum.drainedAt - load.burstFrom - load.burstFor),
  };
};

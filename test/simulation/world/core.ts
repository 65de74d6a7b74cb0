import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { sequenceOf } from '../../../infra/local/stream-record.ts';
import { Faults } from '../faults/faults.ts';
import { start } from '../load/instants.ts';
import type { Plan } from '../load/plan.ts';
import { createNamedRandom, type Random } from '../random.ts';
import { Scheduler, type StepReport } from '../scheduler/scheduler.ts';
import type { Store } from '../services/database.ts';
import { buildStreamRecord } from '../services/stream-record.ts';
import type { StreamSource } from '../services/stream-source.ts';
import { Deployment } from './deployment.ts';
import { DueItems } from './due-items.ts';
import { Log } from './log.ts';
import { Pokes } from './pokes.ts';
import { Wakes } from './wakes.ts';

export type OpenStore = (faults: Faults, plan: Plan) => Store | Promise<Store>;

/** The base of a world, on which its services and functions are built. */
export interface Core {
  readonly plan: Plan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly store: Store;
  readonly log: Log;
  readonly deployment: Deployment;
  readonly dueItems: DueItems;
  /** The functions' sources that read the streams of the tables. */
  readonly streams: Record<'leads' | 'quarantine' | 'deliveries', StreamSource | undefined>;
  /** Pokes `send-deliveries` when something is due. */
  readonly pokes: Pokes;
  /** Wakes `rescore-leads` while a rescoring runs. */
  readonly wakes: Wakes;
}

type Streams = Core['streams'];

type Passing = Pick<Core, 'log' | 'scheduler' | 'dueItems' | 'pokes' | 'wakes'>;

const isStreamed = (table: string): table is keyof Streams =>
  table === 'leads' || table === 'quarantine' || table === 'deliveries';

/** Passes changes to the log and to the streams' readers. */
const passOn = (
  { log, scheduler, dueItems, pokes, wakes }: Passing,
  streams: Streams,
  changes: readonly Change[],
) => {
  for (const change of changes) {
    log.write(change, scheduler.steps, scheduler.now);
    dueItems.note(change);
    pokes.note(change);
    wakes.note(change);
    const stream = isStreamed(change.table) ? streams[change.table] : undefined;
    stream?.push(buildStreamRecord(change, log.writes.length, scheduler.now));
  }
};

export const createCore = async (
  plan: Plan,
  openStore: OpenStore,
  onStep: ((report: StepReport) => void) | undefined,
): Promise<Core> => {
  const faults = new Faults(createNamedRandom(plan.seed, 'faults'), plan.rates, () =>
    plan.breakdowns.some(({ from, to }) => from <= scheduler.now && scheduler.now < to),
  );
  const store = await openStore(faults, plan);
  const log = new Log();
  const deployment = new Deployment(plan);
  const dueItems = new DueItems();
  const streams: Streams = { leads: undefined, quarantine: undefined, deliveries: undefined };
  const afterStep = (): void | Promise<void> => {
    if (scheduler.steps === plan.healAt) faults.heal();
    deployment.at(scheduler.steps);
    const changes = store.takeChanges();
    if (changes instanceof Promise)
      return changes.then((all) => passOn({ log, scheduler, dueItems, pokes, wakes }, streams, all));
    passOn({ log, scheduler, dueItems, pokes, wakes }, streams, changes);
  };
  const scheduler = new Scheduler({
    random: createNamedRandom(plan.seed, 'schedule'),
    order: plan.order,
    start,
    stall: () => faults.rate('stall'),
    orphan: () => faults.rate('orphan'),
    onStep,
    afterStep,
  });
  const pokes = new Pokes(scheduler);
  const wakes = new Wakes(scheduler);
  return {
    pokes,
    wakes,
    plan,
    random: createNamedRandom(plan.seed, 'services'),
    scheduler,
    faults,
    store,
    log,
    deployment,
    dueItems,
    streams,
  };
};

/** Returns the id and the keys of a stream record, for findings. */
export const describeRecord = (record: Parameters<typeof sequenceOf>[0]) => ({
  id: sequenceOf(record),
  body: JSON.stringify(record.dynamodb.Keys),
});

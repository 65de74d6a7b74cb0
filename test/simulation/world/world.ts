import type { Plan } from '../load/plan.ts';
import { createNamedRandom } from '../random.ts';
import type { Actor } from '../scheduler/actor.ts';
import type { StepReport } from '../scheduler/scheduler.ts';
import { Bus, type DeliveredEvent } from '../services/bus.ts';
import { databaseClient, type Store } from '../services/database.ts';
import { LambdaFunction } from '../services/functions.ts';
import { Queue } from '../services/queue.ts';
import { queueClient } from '../services/queue-client.ts';
import { QueueSource } from '../services/queue-source.ts';
import { StreamSource } from '../services/stream-source.ts';
import { type Core, createCore, describeRecord, type OpenStore } from './core.ts';
import { type FunctionName, starters } from './functions.ts';
import type { Ports } from './ports.ts';
import type { Sabotage } from './sabotage.ts';
import { Schedule } from './schedule.ts';
import { delays, type QueueName, resolveMatcher, streamFilters, subscriptions } from './wiring.ts';

export interface WorldProps {
  readonly plan: Plan;
  readonly openStore: OpenStore;
  readonly sabotage?: Sabotage | undefined;
  readonly onStep?: ((report: StepReport) => void) | undefined;
  /** Called with every event that the bus accepts. */
  readonly onEvent: (event: DeliveredEvent) => void;
}

type Queues = Readonly<Record<QueueName, Queue>>;

/** Services, functions and their connections, ready to run. */
export interface World extends Core {
  readonly bus: Bus;
  readonly queues: Queues;
  /** The schedule that wakes `advance-leads`. */
  readonly schedule: Schedule;
  /** The function that recounts the funnel. */
  readonly recounting: LambdaFunction;
  /** Returns the ports of an actor. */
  readonly portsOf: (actor: Actor) => Ports;
}

const queueNames = Object.keys(subscriptions) as QueueName[];

const createQueues = ({ plan, scheduler, faults }: Core): Queues => {
  const { visibilityMs, maxReceiveCount } = plan;
  const create = (name: QueueName) =>
    new Queue({ name, scheduler, faults, visibilityMs, maxReceiveCount, delayMs: delays[name] * 1_000 });
  return Object.fromEntries(queueNames.map((name) => [name, create(name)])) as Record<QueueName, Queue>;
};

const createBus = ({ scheduler, faults }: Core, queues: Queues, { onEvent, sabotage }: WorldProps): Bus =>
  new Bus({
    scheduler,
    faults,
    rules: queueNames.flatMap((name) =>
      subscriptions[name].map((pattern) => ({ matches: resolveMatcher(pattern), queue: queues[name] })),
    ),
    onEvent,
    tamper: sabotage?.entry,
  });

const createPorts = (
  { scheduler, faults, store, deployment, dueItems }: Core,
  bus: Bus,
  queues: Queues,
  sabotage: Sabotage = {},
) => {
  const execute: Store['execute'] = (command) =>
    sabotage.execute === undefined ? store.execute(command) : sabotage.execute(command, store.execute);
  return (actor: Actor): Ports => ({
    database: databaseClient({ scheduler, faults, execute }, actor),
    tables: store.tables,
    bus: bus.client(actor),
    sqs: queueClient({ scheduler, faults, queues, onMessage: sabotage.message }, actor),
    isEverDue: dueItems.isEverDue,
    wait: (ms) => scheduler.sleep(actor, ms),
    now: () => scheduler.now,
    model: deployment.active,
  });
};

type MakeFunction = (name: FunctionName) => LambdaFunction;

const functionMaker =
  ({ random, faults }: Core, portsOf: World['portsOf'], sabotage: Sabotage = {}): MakeFunction =>
  (name) =>
    new LambdaFunction({
      name,
      random,
      faults,
      start: (actor) => starters[name](portsOf(actor)) as never,
      tamper: (answer) => sabotage.answer?.(name, answer) ?? answer,
    });

/** Connects a function to its queue. */
const feed = ({ plan, scheduler, random, log }: Core, queue: Queue, lambda: LambdaFunction): void => {
  const isScoring = queue.name === 'score-leads';
  new QueueSource({
    queue,
    lambda,
    scheduler,
    random,
    ...(isScoring ? plan.scoring : plan.following),
    onInvoked: (invocation, batch) =>
      log.work(
        invocation,
        batch.map(({ messageId: id, body }) => ({ id, body })),
      ),
    onDone: (message) => {
      if (isScoring) log.workOff(message.body, () => queue.bodiesBut(message));
    },
  });
};

const readStream = (core: Core, name: keyof typeof streamFilters, lambda: LambdaFunction): StreamSource => {
  const { plan, scheduler, random, faults, log } = core;
  const filters = streamFilters[name].map(resolveMatcher);
  return new StreamSource({
    name: `the stream of ${name}`,
    lambda,
    scheduler,
    random,
    faults,
    ...plan.stream,
    matches: (record) => filters.some((matches) => matches(record)),
    onInvoked: (invocation, records) => log.work(invocation, records.map(describeRecord)),
  });
};

const createSchedule = ({ plan, scheduler, dueItems, log }: Core, lambda: LambdaFunction): Schedule =>
  new Schedule({
    plan,
    random: createNamedRandom(plan.seed, 'schedule of advance-leads'),
    scheduler,
    dueItems,
    lambda,
    onInvoked: (invocation, now) => log.work(invocation, [{ id: `${now}`, body: 'a wake-up' }]),
  });

export const createWorld = async (props: WorldProps): Promise<World> => {
  const core = await createCore(props.plan, props.openStore, props.onStep);
  const queues = createQueues(core);
  const bus = createBus(core, queues, props);
  const portsOf = createPorts(core, bus, queues, props.sabotage);
  const makeFunction = functionMaker(core, portsOf, props.sabotage);
  for (const name of queueNames) {
    const lambda = makeFunction(name);
    if (name === 'score-leads') core.deployment.onActivated = () => lambda.deploy();
    feed(core, queues[name], lambda);
  }
  const publishing = makeFunction('publish-changes');
  core.streams.leads = readStream(core, 'leads', publishing);
  core.streams.quarantine = readStream(core, 'quarantine', publishing);
  return {
    ...core,
    bus,
    queues,
    schedule: createSchedule(core, makeFunction('advance-leads')),
    recounting: makeFunction('recount-funnel'),
    portsOf,
  };
};

import type { RulePattern } from '../../../events/index.ts';
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
import { Targets } from '../services/target.ts';
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

type Queues = ReadonlyMap<QueueName, Queue>;

/** Services, functions and their connections, ready to run. */
export interface World extends Core {
  readonly bus: Bus;
  readonly queues: Queues;
  /** The schedule that wakes `advance-leads`. */
  readonly schedule: Schedule;
  /** The function that recounts the funnel. */
  readonly recounting: LambdaFunction;
  /** The function that takes in webhooks. */
  readonly receiving: LambdaFunction;
  readonly targets: Targets;
  /** Returns the ports of an actor. */
  readonly portsOf: (actor: Actor) => Ports;
}

/** Returns the queues of a world: without webhooks there are no identities, and without targets no deliveries. */
const listQueues = ({ payloads, delivering }: Plan): QueueName[] => {
  const all = [...(Object.keys(subscriptions) as QueueName[]), 'send-deliveries' as const];
  const without = [
    ...(payloads > 0 ? [] : ['keep-identities']),
    ...(delivering ? [] : ['plan-deliveries', 'send-deliveries']),
  ];
  return all.filter((name) => !without.includes(name));
};

const createQueues = ({ plan, scheduler, faults }: Core): Queues => {
  const { visibilityMs, maxReceiveCount } = plan;
  const create = (name: QueueName) =>
    new Queue({ name, scheduler, faults, visibilityMs, maxReceiveCount, delayMs: delays[name] * 1_000 });
  return new Map(listQueues(plan).map((name) => [name, create(name)]));
};

/** Returns the patterns by which the bus feeds a queue. */
const patternsOf = (name: QueueName): readonly RulePattern[] =>
  name === 'send-deliveries' ? [] : subscriptions[name];

const createBus = ({ scheduler, faults }: Core, queues: Queues, { onEvent, sabotage }: WorldProps): Bus =>
  new Bus({
    scheduler,
    faults,
    rules: [...queues].flatMap(([name, queue]) =>
      patternsOf(name).map((pattern) => ({ matches: resolveMatcher(pattern), queue })),
    ),
    onEvent,
    tamper: sabotage?.entry,
  });

const createPorts = (
  { plan, scheduler, faults, store, deployment, dueItems }: Core,
  { bus, queues, targets }: Pick<World, 'bus' | 'queues' | 'targets'>,
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
    http: targets.sender(actor),
    whenTwoMeet: plan.whenTwoMeet,
    deployed: deployment.deployed,
  });
};

type MakeFunction = (name: FunctionName) => LambdaFunction;

const functionMaker =
  ({ random }: Core, portsOf: World['portsOf'], sabotage: Sabotage = {}): MakeFunction =>
  (name) =>
    new LambdaFunction({
      name,
      random,
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
  const targets = new Targets(core);
  const portsOf = createPorts(core, { bus, queues, targets }, props.sabotage);
  const makeFunction = functionMaker(core, portsOf, props.sabotage);
  for (const [name, queue] of queues) {
    const lambda = makeFunction(name);
    feed(core, queue, lambda);
  }
  const publishing = makeFunction('publish-changes');
  core.streams.leads = readStream(core, 'leads', publishing);
  core.streams.quarantine = readStream(core, 'quarantine', publishing);
  core.streams.deliveries = readStream(core, 'deliveries', publishing);
  const rescoring = queues.get('rescore-leads');
  core.wakes.onWake = () => rescoring?.send('{}');
  const sending = queues.get('send-deliveries');
  if (sending !== undefined) core.pokes.onDue = () => sending.send('{}');
  return {
    ...core,
    bus,
    queues,
    schedule: createSchedule(core, makeFunction('advance-leads')),
    recounting: makeFunction('recount-funnel'),
    receiving: makeFunction('receive-webhooks'),
    targets,
    portsOf,
  };
};

import { randomBytes } from 'node:crypto';
import { readAssembly } from './assembly.ts';
import { type Blueprint, type FunctionSpec, readBlueprint, type TableSpec } from './blueprint.ts';
import { Bucket, type StoredObject } from './bucket.ts';
import { Bus } from './bus.ts';
import { byId, mapValues, pick } from './by-id.ts';
import { createWire, type DynamoDbWire } from './dynamodb-wire.ts';
import { type Engine, startEngine } from './engine.ts';
import { messageOf } from './errors.ts';
import type { InvocationResult } from './function-environment.ts';
import { type FunctionCounts, FunctionHost } from './function-host.ts';
import { type Endpoints, functionHostProps } from './function-settings.ts';
import { startGateway } from './gateway.ts';
import { type Parts, startQueuePoller, startStreamPoller } from './mappings.ts';
import { createQueues, createRules } from './messaging.ts';
import type { BusEvent, PutEventsEntry, PutEventsResult } from './put-events.ts';
import type { Message, Queue, QueueDepth } from './queue.ts';
import { close, type Running, waitUntilIdle } from './running.ts';
import { createTable } from './tables.ts';

export interface LocalStackProps {
  /** The output folder of `cdk synth`. */
  readonly assembly: string;
  /** @default a free one */
  readonly port?: number;
  /** Variables for every function, over those of the template. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How many environments a function may have. @default 2 */
  readonly concurrency?: number;
  /** When failed messages return, and the longest wait between retries of a stream batch. @default as on AWS */
  readonly retryDelayMs?: number;
  /** The longest time that a batch may gather. @default what the template says */
  readonly batchWindowMs?: number;
  /** Each line that a function prints, and what goes wrong in a mapping. */
  readonly onLog?: (name: string, line: string) => void;
  /** Each event that the bus accepts. */
  readonly onEvent?: (event: BusEvent) => void;
  /** An engine that runs already. @default the variable DYNAMODB_ENDPOINT; without it one is started */
  readonly dynamodbEndpoint?: string;
}

/**
 * Resources go by the path of their construct within its stack, such as `ScoreLeads/Events/Queue`, with the stack's
 * name in front where two stacks have the same one; or by logical id, if the manifest tells no paths.
 */
export interface LocalStack {
  /** For PutEvents, and for DynamoDB too. */
  readonly endpoint: string;
  readonly dynamodbEndpoint: string;
  /** Name of the event bus; of the first one, if there are several. */
  readonly bus: string;
  /** Physical names of the tables. */
  readonly tables: Readonly<Record<string, string>>;
  readonly putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult;
  /** Runs a function beside its mappings, as a schedule would. */
  readonly invoke: (name: string, event: unknown) => Promise<InvocationResult>;
  /**
   * Resolves when nothing is left to do: no message in a queue that a function polls, no invocation, and every
   * stream read to its end since. @throws LocalStackError `ENGINE_STOPPED` or `STACK_CLOSED`
   */
  readonly idle: () => Promise<void>;
  readonly queues: () => Record<string, QueueDepth>;
  /** What a queue holds, without receiving it. */
  readonly messages: (queue: string) => readonly Message[];
  /** What a bucket holds: batches of a stream that were given up. */
  readonly objects: (bucket: string) => readonly StoredObject[];
  readonly counts: () => Record<string, FunctionCounts>;
  readonly close: () => Promise<void>;
}

const startHosts = (
  specs: readonly FunctionSpec[],
  running: Running,
  { environment = {}, concurrency = 2, onLog }: LocalStackProps,
  endpoints: Endpoints,
): void => {
  for (const spec of specs) {
    const onLine = (line: string): void => onLog?.(spec.id, line);
    const host = new FunctionHost(functionHostProps(spec, endpoints, environment, concurrency, onLine));
    host.onSettled(() => {
      running.activity += 1;
    });
    running.hosts.set(spec.arn, host);
  }
};

const startDatabase = async (
  endpoint: string | undefined,
  specs: readonly TableSpec[],
  running: Running,
): Promise<{ readonly engine: Engine; readonly wire: DynamoDbWire }> => {
  const engine = await startEngine(endpoint);
  running.engine = engine;
  const wire = createWire(engine.endpoint);
  running.wire = wire;
  for (const spec of specs) running.tables.push(await createTable(wire, spec));
  return { engine, wire };
};

const startMappings = async (blueprint: Blueprint, running: Running, parts: Parts): Promise<void> => {
  for (const spec of blueprint.streamMappings) {
    running.streamPollers.push(await startStreamPoller(spec, blueprint.tables, parts));
  }
  for (const spec of blueprint.queueMappings) {
    running.polled.push(parts.queues.get(spec.properties.EventSourceArn) as Queue);
    running.queuePollers.push(startQueuePoller(spec, parts));
  }
};

const start = async (props: LocalStackProps, running: Running): Promise<LocalStack> => {
  const external = props.dynamodbEndpoint ?? process.env.DYNAMODB_ENDPOINT;
  // Runs on an engine that stays must not meet each other's tables.
  const suffix = external ? `-${randomBytes(4).toString('hex')}` : '';
  const blueprint = readBlueprint(readAssembly(props.assembly, suffix));
  const queues = createQueues(blueprint.queues);
  const buckets = new Map(blueprint.buckets.map(({ arn }) => [arn, new Bucket()]));
  const rules = createRules(blueprint.rules, queues);
  const bus = new Bus({ buses: blueprint.buses, rules, onEvent: props.onEvent });
  const [busName = 'default'] = blueprint.buses;
  const tables = Object.fromEntries(blueprint.tables.map(({ id, name }) => [id, name]));

  const putEvents = (entries: unknown): PutEventsResult => {
    running.activity += 1;
    return bus.putEvents(entries, Date.now());
  };
  const queuesById = byId(blueprint.queues, queues);
  const depths = () => mapValues(queuesById, (queue) => queue.depth());
  const functions = () => byId(blueprint.functions, running.hosts);
  const counts = () => mapValues(functions(), (host) => host.counts());

  const { engine, wire } = await startDatabase(external, blueprint.tables, running);
  const gateway = await startGateway({
    port: props.port ?? 0,
    dynamodbEndpoint: engine.endpoint,
    putEvents,
    describe: () => ({ name: 'sluice', tables, bus: busName, queues: depths(), functions: counts() }),
    onRequest: () => {
      running.activity += 1;
      for (const poller of running.streamPollers) poller.hint();
    },
  });
  running.gateway = gateway;
  startHosts(blueprint.functions, running, props, { dynamodb: engine.endpoint, events: gateway.endpoint });
  await startMappings(blueprint, running, {
    wire,
    queues,
    buckets,
    hosts: [...running.hosts.values()],
    tables: running.tables,
    retryDelayMs: props.retryDelayMs,
    batchWindowMs: props.batchWindowMs,
    onRead: (records) => {
      running.activity += records;
    },
    onProblem: (mapping, message) => props.onLog?.(mapping, message),
  });

  return {
    endpoint: gateway.endpoint,
    dynamodbEndpoint: engine.endpoint,
    bus: busName,
    tables,
    putEvents,
    invoke: async (id, event) => pick(functions(), id, 'function').invoke(event),
    idle: () => waitUntilIdle(running),
    queues: depths,
    messages: (id) => pick(queuesById, id, 'queue').messages(),
    objects: (id) => pick(byId(blueprint.buckets, buckets), id, 'bucket').objects(),
    counts,
    close: () => close(running),
  };
};

/**
 * Starts what the synthesized app describes on this machine: tables, bus, queues, functions and the mappings
 * between them, behind one endpoint.
 *
 * @throws LocalStackError with nothing left running
 */
export const startLocalStack = async (props: LocalStackProps): Promise<LocalStack> => {
  const running: Running = {
    tables: [],
    hosts: new Map(),
    queuePollers: [],
    polled: [],
    streamPollers: [],
    activity: 0,
  };
  try {
    return await start(props, running);
  } catch (error) {
    await close(running).catch((second: unknown) => props.onLog?.('close', messageOf(second)));
    throw error;
  }
};

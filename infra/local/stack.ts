import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Assembly } from './assembly.ts';
import { type Blueprint, readBlueprint } from './blueprint.ts';
import type { StoredObject } from './bucket.ts';
import { Bus, type Rule } from './bus.ts';
import { Callers } from './callers.ts';
import { ClientRules } from './client-rules.ts';
import type { StackClock } from './clock/stack-clock.ts';
import { purgeLog, startPurging } from './data/purge-data-folder.ts';
import { assertStoresData, createCheck, explainStart, startDatabase } from './database.ts';
import { isPrivate } from './engine/address.ts';
import type { Engine } from './engine/engine.ts';
import type { FoundEngine } from './engine/find-engine.ts';
import { messageOf } from './errors.ts';
import { type Parts, startQueuePoller, startStreamPoller } from './event-source-mappings.ts';
import type { InvocationResult } from './function-environment.ts';
import { type FunctionCounts, FunctionHost } from './function-host.ts';
import { functionHostProps } from './function-settings.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { Issuer } from './issuer/issuer.ts';
import { loadSigningKey } from './issuer/signing-key.ts';
import { close, fail, type Running, waitUntilIdle } from './lifecycle.ts';
import { withLocalUrls } from './local-urls.ts';
import { indexById, lookUp, mapValues } from './lookup.ts';
import { type ConsoleProps, consoleProtocol, consoleRoot } from './protocols/console.ts';
import { dynamoDbProtocol } from './protocols/dynamodb.ts';
import { eventsProtocol } from './protocols/events.ts';
import { httpApiProtocol } from './protocols/http-api.ts';
import { issuerProtocol } from './protocols/issuer.ts';
import { lambdaProtocol } from './protocols/lambda.ts';
import { s3Protocol } from './protocols/s3.ts';
import { secretsManagerProtocol } from './protocols/secrets-manager.ts';
import { sqsProtocol } from './protocols/sqs.ts';
import { whileWorking } from './protocols/while-working.ts';
import type { DeliveredEvent, PutEventsEntry, PutEventsResult } from './put-events.ts';
import type { Message, Queue, QueueDepth } from './queue.ts';
import { createRules } from './queues-and-rules.ts';
import { checkSchedules } from './schedules/check-schedules.ts';
import { Schedules } from './schedules/schedules.ts';
import { openStorage, type Storage } from './storage.ts';

export interface LocalStackProps {
  /** The output folder of `cdk synth`. */
  readonly assembly: string;
  /** @default a free one */
  readonly port?: number;
  /** Variables for every function, over those of the template. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * The most environments of a function.
   *
   * @default 2
   */
  readonly concurrency?: number;
  /**
   * The time after which failed messages return, and the longest wait between retries of a stream batch.
   *
   * @default - as on AWS
   */
  readonly retryDelayMs?: number;
  /**
   * The longest time that a message waits before its first delivery.
   *
   * @default - the value of the template
   */
  readonly longestDelayMs?: number;
  /**
   * The longest time that a batch may gather.
   *
   * @default - the value of the template
   */
  readonly batchWindowMs?: number;
  /** Called with each line that a function prints, and with each problem of a mapping. */
  readonly onLog?: (name: string, line: string) => void;
  /** Called with each event that the bus accepts. */
  readonly onEvent?: (event: DeliveredEvent) => void;
  /**
   * Returns whether an event says that contents were erased. They are then also removed from the files of the data
   * folder.
   *
   * @default - they are removed when the stack ends, and after a start
   */
  readonly isErasure?: (event: DeliveredEvent) => boolean;
  /**
   * The endpoint of an engine that is running already.
   *
   * @default - the variable DYNAMODB_ENDPOINT; without it an engine is started
   */
  readonly dynamodbEndpoint?: string;
  /**
   * The folder in which tables, queues and objects are stored and found again at the next start, however this one ends.
   * One stack at a time may use it.
   *
   * @default - nothing is stored
   */
  readonly dataFolder?: string | undefined;
  /**
   * The clock by which functions judge and date events.
   *
   * @default - the system's
   */
  readonly clock?: StackClock | undefined;
  /**
   * Whether each function has one environment and takes messages one by one, so that two runs process the messages about
   * a lead in the same order.
   *
   * @default false
   */
  readonly sequential?: boolean | undefined;
  /** Outputs in place of those of the template, by name. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The console, which is served below `/console/`. @default none */
  readonly console?: ConsoleProps | undefined;
}

/**
 * A running local stack. Resources are named by the path of their construct within its stack, such as
 * `ScoreLeads/Events/Queue`, with the stack's name in front if two stacks have the same path; or by logical id, if the
 * manifest has no paths.
 */
export interface LocalStack {
  /** The endpoint of EventBridge, DynamoDB, SQS, S3, Lambda, Secrets Manager and the HTTP APIs. */
  readonly endpoint: string;
  /** The DynamoDB engine that the stack uses. */
  readonly engine: FoundEngine;
  /** Whether every program of this machine can reach the engine that was started, because it could not be isolated. */
  readonly exposesEngine: boolean;
  /** The name of the event bus; of the first one, if there are several. */
  readonly bus: string;
  /** Physical names of the tables. */
  readonly tables: Readonly<Record<string, string>>;
  /** The outputs of all stacks, by name; queues and HTTP APIs have their local URLs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Puts events as whoever owns the bus: no policy is asked, as when an archive is replayed. */
  readonly putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult;
  /** Returns the instant of the stack's clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** The schedules of the app, named by the path of their construct. None runs until it is started. */
  readonly schedules: Pick<Schedules, 'start' | 'runOnce'>;
  /** Runs a function beside its mappings, as a schedule would. */
  readonly invoke: (name: string, event: unknown) => Promise<InvocationResult>;
  /**
   * Resolves when nothing is left to do: no message in a queue that a function polls, no invocation, and every stream
   * read to its end since.
   *
   * @throws LocalStackError `ENGINE_STOPPED`, `STORAGE_FAILED` or `STACK_CLOSED`
   */
  readonly idle: () => Promise<void>;
  /**
   * Is aborted when the stack has ended by itself: its engine is gone, or it can't store data any more. The reason is
   * the error that says why. Nothing is accepted from then on.
   */
  readonly failed: AbortSignal;
  readonly queues: () => Record<string, QueueDepth>;
  /** Returns the messages of a queue, without receiving them. */
  readonly messages: (queue: string) => readonly Message[];
  /** Returns the objects of a bucket, such as failed records of a stream. */
  readonly objects: (bucket: string) => readonly StoredObject[];
  readonly counts: () => Record<string, FunctionCounts>;
  readonly close: () => Promise<void>;
}

interface App {
  readonly assembly: Assembly;
  readonly blueprint: Blueprint;
  readonly storage: Storage;
  readonly running: Running;
  readonly props: LocalStackProps;
  readonly callers: Callers;
  readonly now: () => number;
  /** The rules of the bus, which sees what is added and removed. */
  readonly rules: Rule[];
}

const startHosts = ({ blueprint, running, props, callers }: App, endpoint: string): void => {
  const { environment = {}, concurrency = props.sequential ? 1 : 2, onLog } = props;
  for (const spec of blueprint.functions) {
    const onLine = (line: string): void => onLog?.(spec.id, line);
    const access = { endpoint, sessionToken: callers.issueToken(spec.properties.Role) };
    const hostProps = functionHostProps(spec, access, environment, concurrency, onLine);
    const host = new FunctionHost({ ...hostProps, clock: props.clock?.shared });
    host.onSettled(() => {
      running.activity += 1;
    });
    running.hosts.set(spec.arn, host);
  }
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

/** Returns the description of the stack, for its own process and for `GET /`. */
const describe = ({ assembly, blueprint, storage, running, props }: App) => {
  const [bus = 'default'] = blueprint.buses;
  const queues = indexById(blueprint.queues, storage.queues);
  const functions = () => indexById(blueprint.functions, running.hosts);
  return {
    bus,
    tables: Object.fromEntries(blueprint.tables.map(({ id, name }) => [id, name])),
    outputs: (endpoint: string) =>
      mapValues({ ...assembly.outputs(), ...props.outputs }, (value) => withLocalUrls(value, endpoint)),
    queues,
    depths: () => mapValues(queues, (queue) => queue.depth(Date.now())),
    functions,
    counts: () => mapValues(functions(), (host) => host.counts()),
  };
};

/**
 * Creates the issuer of the tokens that the app's routes take; undefined if none does. Its stored key is read at once: one
 * that is damaged would make every token look wrong.
 *
 * @throws LocalStackError `DATA_FOLDER_UNUSABLE` or `STORAGE_FAILED`
 */
const createIssuer = async ({ apis }: Blueprint, { dataFolder }: Running): Promise<Issuer | undefined> => {
  const routes = apis.flatMap((api) => api.routes);
  const rules = routes.flatMap(({ authorizer }) => (authorizer.kind === 'jwt' ? [authorizer.rules] : []))[0];
  if (rules === undefined) return undefined;
  const issuer = new Issuer(rules, () => loadSigningKey(dataFolder));
  if (dataFolder !== undefined) await issuer.listKeys();
  return issuer;
};

const startServices = (
  app: App,
  engine: Engine,
  putEvents: (entries: unknown, caller: string) => PutEventsResult,
  check: () => Promise<void>,
  issuer: Issuer | undefined,
): Promise<Gateway> => {
  const { blueprint, storage, running, props, callers, now, rules } = app;
  // A list of its own, to which clients' queues are added, and from which they are removed.
  const queues = [...storage.queues.values()];
  const clientRules = new ClientRules({ buses: blueprint.buses, rules, queues });
  const { bus, tables, outputs, depths, counts } = describe(app);
  const protocols = [
    // Before S3, which takes any path.
    httpApiProtocol({ apis: blueprint.apis, hosts: running.hosts, callers, issuer }),
    issuerProtocol(issuer),
    consoleProtocol(props.console, issuer),
    eventsProtocol(
      (entries, request) => putEvents(entries, callers.identify(request)),
      clientRules,
      ClientRules.operations,
    ),
    dynamoDbProtocol(engine),
    secretsManagerProtocol(storage.secrets),
    sqsProtocol(queues),
    lambdaProtocol(() => running.hosts.values()),
    s3Protocol([...storage.buckets.values()]),
  ];
  return startGateway({
    port: props.port ?? 0,
    protocols: protocols.map((protocol) => whileWorking(protocol, running.failure.signal, check)),
    describe: (endpoint) => ({
      name: 'sluice',
      ...(props.console && { console: `${endpoint}${consoleRoot}` }),
      ...(props.clock && { now: new Date(now()).toISOString() }),
      tables,
      bus,
      outputs: outputs(endpoint),
      queues: depths(),
      functions: counts(),
    }),
    onRequest: () => {
      running.activity += 1;
      for (const poller of running.streamPollers) poller.hint();
    },
  });
};

const start = async (props: LocalStackProps, running: Running): Promise<LocalStack> => {
  const external = props.dynamodbEndpoint ?? process.env.DYNAMODB_ENDPOINT;
  if (props.dataFolder !== undefined) assertStoresData(resolve(props.dataFolder), external);
  // Runs on one external engine must not share tables.
  const suffix = external ? `-${randomBytes(4).toString('hex')}` : '';
  // The CDK's reader takes some 40 ms to load. Commands that start no stack shouldn't wait for it.
  const { readAssembly } = await import('./assembly.ts');
  const assembly = readAssembly(props.assembly, suffix);
  const blueprint = readBlueprint(assembly);
  checkSchedules(blueprint);
  const storage = openStorage(blueprint, props, running);
  const { queues, buckets } = storage;
  const rules = createRules(blueprint.rules, queues);
  const { buses, denials } = blueprint;
  const onEvent = (event: DeliveredEvent): void => {
    props.onEvent?.(event);
    if (props.isErasure?.(event)) running.purger?.request();
  };
  const now = (): number => props.clock?.now() ?? Date.now();
  const bus = new Bus({ buses, denials, rules, onEvent, eventTime: now });
  const putEvents = (entries: unknown, caller?: string): PutEventsResult => {
    running.failure.signal.throwIfAborted();
    running.activity += 1;
    return bus.putEvents(entries, Date.now(), caller);
  };

  const app = { assembly, blueprint, storage, running, props, callers: new Callers(), now, rules };
  const { engine, wire } = await startDatabase(external, blueprint.tables, running);
  const check = createCheck(engine, wire, running);
  const issuer = await createIssuer(blueprint, running);
  const gateway = await startServices(app, engine, putEvents, check, issuer);
  running.gateway = gateway;
  startHosts(app, gateway.endpoint);
  const schedules = new Schedules({ specs: blueprint.schedules, hosts: running.hosts, queues, now });
  running.schedules = schedules;
  await startMappings(blueprint, running, {
    wire,
    queues,
    buckets,
    hosts: [...running.hosts.values()],
    tables: running.tables,
    checkpoints: storage.checkpoints,
    retryDelayMs: props.retryDelayMs,
    batchWindowMs: props.batchWindowMs,
    mostMessages: props.sequential ? 1 : undefined,
    onRead: (records) => {
      running.activity += records;
    },
    onProblem: (mapping, message) => props.onLog?.(mapping, message),
    beforeRetry: check,
    onError: (error) => fail(running, error),
  });

  startPurging(running, (message) => props.onLog?.(purgeLog, message));
  const description = describe(app);
  return {
    endpoint: gateway.endpoint,
    engine: engine.found,
    exposesEngine: !engine.external && !isPrivate(engine),
    bus: description.bus,
    tables: description.tables,
    outputs: description.outputs(gateway.endpoint),
    now,
    schedules,
    putEvents: (entries) => putEvents(entries),
    invoke: async (id, event) => lookUp(description.functions(), id, 'function').invoke(event),
    idle: () => waitUntilIdle(running),
    failed: running.failure.signal,
    queues: description.depths,
    messages: (id) => lookUp(description.queues, id, 'queue').messages(),
    objects: (id) => lookUp(indexById(blueprint.buckets, buckets), id, 'bucket').objects(),
    counts: description.counts,
    close: () => close(running),
  };
};

/**
 * Starts what the synthesized app describes on this machine: tables, bus, queues, functions, HTTP APIs and the
 * mappings between them, behind one endpoint.
 *
 * @example
 * const stack = await startLocalStack({ assembly: 'cdk.out' });
 * await stack.idle();
 * await stack.close();
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
    failure: new AbortController(),
  };
  const { signal } = running.failure;
  const end = () => close(running).catch((second: unknown) => props.onLog?.('close', messageOf(second)));
  try {
    const stack = await start(props, running);
    signal.throwIfAborted();
    signal.addEventListener('abort', end);
    return stack;
  } catch (error) {
    const reason = await explainStart(error, running);
    await end();
    // Without a gateway nobody could send anything yet.
    if (running.gateway === undefined) running.dataFolder?.discard();
    throw signal.reason ?? reason;
  }
};

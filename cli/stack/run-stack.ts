import { constants } from 'node:os';
import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type LocalStack, type LocalStackProps, startLocalStack } from '../../infra/local/stack.ts';
import { type Counters, createCounters } from '../replay/counters.ts';
import { ensureAssembly } from './assembly.ts';

export interface RunningStack {
  readonly stack: LocalStack;
  readonly client: DynamoDBClient;
  readonly leadsTable: string;
  readonly quarantineTable: string;
  readonly counters: Counters;
}

export interface RunStackProps {
  /** A model file in place of the one that is deployed. */
  readonly model?: string | undefined;
  /** @default a free one */
  readonly port?: number | undefined;
  readonly onEvent?: LocalStackProps['onEvent'];
  readonly onLog?: (name: string, line: string) => void;
  readonly onSynthesis: () => void;
}

/**
 * Knowing differences from AWS: a batch is not waited for as long, and what failed comes back sooner, so that a run ends
 * soon after its last event. Neither changes what is delivered, nor how often.
 */
const localPace = { batchWindowMs: 50, retryDelayMs: 1_000 };

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The local engine takes any credentials, but the SDK wants some. */
const localClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

const table = (stack: LocalStack, name: string): string => {
  const value = stack.tables[name];
  if (value === undefined)
    throw new Error(`the app has no table ${name}; it has ${Object.keys(stack.tables).join(', ')}`);
  return value;
};

/** Starts the whole app on this machine: a fresh engine, the bus, the queues, and the functions as they are deployed. */
export const runStack = async (props: RunStackProps): Promise<RunningStack> => {
  const assembly = await ensureAssembly(props.onSynthesis);
  const counters = createCounters();
  const stack = await startLocalStack({
    assembly,
    ...localPace,
    ...(props.port !== undefined && { port: props.port }),
    ...(props.model !== undefined && { environment: { MODEL_FILE: resolve(props.model) } }),
    onLog: (name, line) => {
      counters.read(line);
      props.onLog?.(name, line);
    },
    ...(props.onEvent !== undefined && { onEvent: props.onEvent }),
  });
  return {
    stack,
    client: localClient(stack.dynamodbEndpoint),
    leadsTable: table(stack, 'Leads'),
    quarantineTable: table(stack, 'Quarantine'),
    counters,
  };
};

/**
 * Runs work with a stack that is closed afterwards. A signal closes it at once and ends the process; where the work
 * waits for one with `untilStopped`, it ends that wait instead.
 */
export const withStack = async <T>(
  props: RunStackProps,
  work: (running: RunningStack, untilStopped: () => Promise<void>) => Promise<T>,
): Promise<T> => {
  const running = await runStack(props);
  const close = async () => {
    running.client.destroy();
    await running.stack.close();
  };
  let stop = (signal: NodeJS.Signals): void => {
    void close().finally(() => process.exit(128 + constants.signals[signal]));
  };
  const untilStopped = () =>
    new Promise<void>((done) => {
      stop = () => done();
    });
  const heard = (signal: NodeJS.Signals) => stop(signal);
  for (const signal of stopSignals) process.on(signal, heard);
  try {
    return await work(running, untilStopped);
  } finally {
    await close();
    for (const signal of stopSignals) process.off(signal, heard);
  }
};

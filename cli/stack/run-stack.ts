import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { outboundContracts, sluiceSource } from '../../events/index.ts';
import type { StackClock } from '../../infra/local/clock/stack-clock.ts';
import { purgeLog } from '../../infra/local/data/purge-data-folder.ts';
import { type LocalStack, type LocalStackProps, startLocalStack } from '../../infra/local/stack.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { note } from '../output/print.ts';
import { type DocumentFolders, ensureAssembly, shippedSources } from './assembly.ts';
import { type Counters, createCounters } from './counters.ts';

export interface RunningStack {
  readonly stack: LocalStack;
  readonly client: DynamoDBClient;
  readonly leadsTable: string;
  readonly quarantineTable: string;
  readonly counters: Counters;
  readonly close: () => Promise<void>;
}

/** Whether a queue has this name for messages that were given up. */
export const isDeadLetterQueue = (name: string): boolean => /DeadLetters|Undeliverable/.test(name);

export interface RunStackProps {
  /** A model in place of the deployed one. */
  readonly model?: ScoringModel | undefined;
  /** @default a free port */
  readonly port?: number | undefined;
  /** The folder in which the stack stores its data. @default in memory */
  readonly dataFolder?: string | undefined;
  /** A clock in place of the system's, which somebody moves. */
  readonly clock?: StackClock | undefined;
  /** The folders of documents that the stack is made with. @default the shipped sources */
  readonly folders?: DocumentFolders | undefined;
  readonly sequential?: LocalStackProps['sequential'];
  readonly console?: LocalStackProps['console'];
  readonly onEvent?: LocalStackProps['onEvent'];
  readonly onLog?: (name: string, line: string) => void;
  readonly onSynthesis: () => void;
}

/**
 * Deliberate differences from AWS, so that a run ends soon after its last event: shorter batch windows, shorter retry
 * delays, and no delay for an index, since those of the engine don't lag. None changes what is delivered, nor how
 * often.
 */
const localPace = { batchWindowMs: 50, retryDelayMs: 1_000, longestDelayMs: 0 };

/** The outputs of a local stack that name the folders of its source and of its subscription documents. */
export const sourcesFolderOutput = 'SourcesFolder';
export const deliveriesFolderOutput = 'DeliveriesFolder';

/** Returns the outputs that only a stack on this machine has. */
const localOutputs = (
  { folders = { sources: shippedSources } }: RunStackProps,
  version: string | undefined,
): Record<string, string> => ({
  ...(version !== undefined && { ModelVersion: version }),
  ...(folders.sources !== undefined && { [sourcesFolderOutput]: resolve(folders.sources) }),
  ...(folders.deliveries !== undefined && { [deliveriesFolderOutput]: resolve(folders.deliveries) }),
});

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Returns a client of the local stack, which accepts any credentials, but the SDK requires some. */
const localClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

const isErasure: LocalStackProps['isErasure'] = ({ source, 'detail-type': type }) =>
  source === sluiceSource && type === outboundContracts.LeadErased.detailType;

const table = (stack: LocalStack, name: string): string => {
  const value = stack.tables[name];
  if (value === undefined)
    throw new Error(`the app has no table ${name}; it has ${Object.keys(stack.tables).join(', ')}`);
  return value;
};

/** Writes a checked model to a file that functions can read, until the stack is closed. */
const writeModel = ({ document, version }: ScoringModel) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-model-'));
  const file = join(folder, 'model.json');
  writeFileSync(file, JSON.stringify(document));
  return { file, version, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** Starts the whole app on this machine: a database engine, the bus, the queues, and the functions as deployed. */
export const runStack = async (props: RunStackProps): Promise<RunningStack> => {
  const assembly = await ensureAssembly(props.onSynthesis, props.folders);
  const counters = createCounters();
  const model = props.model && writeModel(props.model);
  const starting = startLocalStack({
    assembly,
    ...localPace,
    // The stack is idle between two moves of its clock, so batches needn't gather.
    ...(props.clock && { clock: props.clock, batchWindowMs: 0 }),
    sequential: props.sequential,
    console: props.console,
    dataFolder: props.dataFolder,
    ...(props.port !== undefined && { port: props.port }),
    ...(model !== undefined && { environment: { MODEL_FILE: model.file } }),
    outputs: localOutputs(props, model?.version),
    onLog: (name, line) => {
      if (name === purgeLog) note(line);
      counters.read(line);
      props.onLog?.(name, line);
    },
    ...(props.onEvent !== undefined && { onEvent: props.onEvent }),
    isErasure,
  });
  const stack = await starting.catch((error: unknown) => {
    model?.remove();
    throw error;
  });
  const client = localClient(stack.endpoint);
  return {
    stack,
    client,
    leadsTable: table(stack, 'Leads'),
    quarantineTable: table(stack, 'Quarantine'),
    counters,
    close: async () => {
      client.destroy();
      await stack.close();
      model?.remove();
    },
  };
};

/** Rejects with the reason when the stack ends by itself. */
const untilFailed = async ({ failed }: LocalStack): Promise<never> => {
  if (!failed.aborted) await once(failed, 'abort');
  throw failed.reason;
};

/**
 * Runs work with a stack that is closed afterwards. A signal closes the stack at once and ends the process, unless the
 * work waits for a signal with `untilStopped`: then it ends that wait.
 *
 * @throws LocalStackError if the stack ends by itself meanwhile
 */
export const withStack = async <T>(
  props: RunStackProps,
  work: (running: RunningStack, untilStopped: () => Promise<void>) => Promise<T>,
): Promise<T> => {
  const running = await runStack(props);
  let stop = (signal: NodeJS.Signals): void => {
    void running.close().finally(() => process.exit(128 + constants.signals[signal]));
  };
  const untilStopped = () =>
    new Promise<void>((done) => {
      stop = () => done();
    });
  const onSignal = (signal: NodeJS.Signals) => stop(signal);
  for (const signal of stopSignals) process.on(signal, onSignal);
  try {
    return await Promise.race([work(running, untilStopped), untilFailed(running.stack)]);
  } finally {
    await running.close();
    for (const signal of stopSignals) process.off(signal, onSignal);
  }
};

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from './clock/install-clock.ts';
import type { FailureReport, FromWorker, FunctionIdentity, ToWorker } from './function-protocol.ts';

// The inside of a Lambda execution environment: imports the handler once, then runs one invocation at a time.

type Handler = (event: unknown, context: object) => unknown;

const identity = workerData as FunctionIdentity;

/** The system's clock, by which timeouts are measured. */
const systemNow = Date.now;

const report = (error: unknown): FailureReport =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack ?? '' }
    : { name: 'Error', message: typeof error === 'string' ? error : JSON.stringify(error), stack: '' };

const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((done) => {
    stream.write('', () => done());
  });

/** Answers after the handler's output has arrived: logs travel on another port and would come late or be lost. */
const answer = async (message: FromWorker): Promise<void> => {
  await Promise.all([written(process.stdout), written(process.stderr)]);
  parentPort?.postMessage(message);
};

const loadHandler = async (): Promise<Handler> => {
  const dot = identity.handler.lastIndexOf('.');
  const [module, name] = [identity.handler.slice(0, dot), identity.handler.slice(dot + 1)];
  const files = ['.mjs', '.js', '.cjs'].map((ending) => join(identity.folder, module + ending));
  const file = files.find((path) => existsSync(path));
  if (file === undefined) throw new Error(`handler ${identity.handler}: none of ${files.join(', ')} exists`);
  const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const found = exports[name];
  if (typeof found === 'function') return found as Handler;
  throw new Error(`${file} exports ${Object.keys(exports).join(', ') || 'nothing'}, not the handler ${name}`);
};

const buildContext = ({ requestId, deadline }: ToWorker): object => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: identity.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: identity.arn,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  getRemainingTimeInMillis: () => Math.max(0, deadline - systemNow()),
});

try {
  // Before the import: handlers take their clock when they are loaded.
  if (identity.clock !== undefined) installClock(identity.clock);
  const handler = await loadHandler();
  parentPort?.on('message', async (invocation: ToWorker) => {
    try {
      const result = await handler(JSON.parse(invocation.payload), buildContext(invocation));
      await answer({ kind: 'result', payload: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      await answer({ kind: 'failure', error: report(error) });
    }
  });
  await answer({ kind: 'ready' });
} catch (error) {
  await answer({ kind: 'init-failure', error: report(error) });
}

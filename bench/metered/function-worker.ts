import { pathToFileURL } from 'node:url';
import { installClock } from '../../infra/local/clock/install-clock.ts';
import { StackClock } from '../../infra/local/clock/stack-clock.ts';
import type { Invocation } from './function-process.ts';

// Runs in the process of a function: invokes its handler with each event that the parent sends, one at a time.

const [bundle = ''] = process.argv.slice(2);

const systemNow = Date.now;
const clock = new StackClock(systemNow());
// Before the import: handlers take their clock when they are loaded.
installClock(clock.shared);
const { handler } = await import(pathToFileURL(bundle).href);

const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: '1',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  getRemainingTimeInMillis: () => 30_000,
};

process.on('message', async ({ event, now }: { readonly event: object; readonly now?: number }) => {
  clock.moveTo(now ?? systemNow());
  const start = process.cpuUsage();
  const answer: unknown = await handler(event, { ...context });
  const { user, system } = process.cpuUsage(start);
  const invocation: Invocation = {
    answer,
    cpu: (user + system) / 1_000,
    peak: process.resourceUsage().maxRSS / 1_024,
  };
  process.send?.(invocation);
});

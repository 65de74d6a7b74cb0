import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Target } from './target.ts';
import { until } from './until.ts';

/** Returns the number of messages in a queue, in whatever state. On AWS it is approximate. */
const readQueueDepth = async ({ clients }: Target, QueueUrl: string): Promise<number> => {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const Attributes: Readonly<Record<string, string>> = (await clients.sqs.send(asked)).Attributes ?? {};
  const names = ['', 'NotVisible', 'Delayed'].map((state) => `ApproximateNumberOfMessages${state}`);
  return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

/** Returns the depth of each queue of the app that is not empty, by the names of their outputs. */
const filledQueues = async (
  target: Target,
  wanted: (name: string) => boolean,
): Promise<Record<string, number>> => {
  const urls = Object.entries(target.queueUrls()).filter(([name]) => wanted(name));
  const depths = await Promise.all(
    urls.map(async ([name, url]) => [name, await readQueueDepth(target, url)] as const),
  );
  return Object.fromEntries(depths.filter(([, depth]) => depth > 0));
};

/**
 * The number of looks in a row at which the queues must be empty: a message that is being handed over is for a moment
 * not counted.
 */
const looksInARow = 3;

/**
 * Waits until the wanted queues of the app are empty. A message that its function is still working on is in its queue
 * until the function has answered, although its work may be seen before.
 *
 * @throws EndToEndError `STEP_FAILED` with the depths seen last
 */
export const untilEmpty = async (
  what: string,
  target: Target,
  wanted: (name: string) => boolean,
): Promise<void> => {
  let empty = 0;
  await until(`${what} to be worked off`, target.pace, async () => {
    const left = await filledQueues(target, wanted);
    empty = Object.keys(left).length === 0 ? empty + 1 : 0;
    return empty < looksInARow ? { instead: JSON.stringify(left) } : { found: true };
  });
};

import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Target } from './target.ts';

/** Returns the number of messages in a queue, in whatever state. On AWS it is approximate. */
const readQueueDepth = async ({ clients }: Target, QueueUrl: string): Promise<number> => {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const Attributes: Readonly<Record<string, string>> = (await clients.sqs.send(asked)).Attributes ?? {};
  const names = ['', 'NotVisible', 'Delayed'].map((state) => `ApproximateNumberOfMessages${state}`);
  return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

/** Returns the depth of each queue of the app that is not empty, by the names of their outputs. */
export const filledQueues = async (
  target: Target,
  wanted: (name: string) => boolean,
): Promise<Record<string, number>> => {
  const urls = Object.entries(target.queueUrls()).filter(([name]) => wanted(name));
  const depths = await Promise.all(
    urls.map(async ([name, url]) => [name, await readQueueDepth(target, url)] as const),
  );
  return Object.fromEntries(depths.filter(([, depth]) => depth > 0));
};

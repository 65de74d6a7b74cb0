import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Target } from './target.ts';

/** What a queue holds, in whatever state. On AWS the numbers are approximate. */
const depthOf = async ({ clients }: Target, QueueUrl: string): Promise<number> => {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const Attributes: Readonly<Record<string, string>> = (await clients.sqs.send(asked)).Attributes ?? {};
  const names = ['', 'NotVisible', 'Delayed'].map((state) => `ApproximateNumberOfMessages${state}`);
  return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

/** Queues of the app that hold anything, with how much, by the names of their outputs. */
export const filledQueues = async (
  target: Target,
  wanted: (name: string) => boolean,
): Promise<Record<string, number>> => {
  const urls = Object.entries(target.queueUrls()).filter(([name]) => wanted(name));
  const depths = await Promise.all(
    urls.map(async ([name, url]) => [name, await depthOf(target, url)] as const),
  );
  return Object.fromEntries(depths.filter(([, depth]) => depth > 0));
};

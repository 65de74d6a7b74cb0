import { UnknownCallError, type Use } from './use.ts';

/** The calls, and the action that each needs. */
const actions = new Map([
  ['SendMessage', 'sqs:SendMessage'],
  ['SendMessageBatch', 'sqs:SendMessage'],
  ['GetQueueAttributes', 'sqs:GetQueueAttributes'],
]);

/** Returns the rights that a request of SQS needs. @throws UnknownCallError */
export const sqsUses = (operation: string, body: Buffer): Use[] => {
  const action = actions.get(operation);
  if (action === undefined) throw new UnknownCallError(`SQS's ${operation}`, [...actions.keys()]);
  const { QueueUrl } = JSON.parse(body.toString('utf8')) as { QueueUrl: string };
  return [{ action, resource: `sqs:${QueueUrl.split('/').at(-1)}`, context: {} }];
};

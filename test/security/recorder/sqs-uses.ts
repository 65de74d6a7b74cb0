import { UnknownCallError, type Use } from './use.ts';

/** Returns the rights that a request of SQS needs. @throws UnknownCallError */
export const sqsUses = (operation: string, body: Buffer): Use[] => {
  if (operation !== 'SendMessageBatch')
    throw new UnknownCallError(`SQS's ${operation}`, ['SendMessageBatch']);
  const { QueueUrl } = JSON.parse(body.toString('utf8')) as { QueueUrl: string };
  return [{ action: 'sqs:SendMessage', resource: `sqs:${QueueUrl.split('/').at(-1)}`, context: {} }];
};

import { wakeMessage } from '../../shared/rescoring/index.ts';
import type { Connection } from '../stack/connect.ts';

/** Wakes the function that rescores leads. Otherwise its schedule does, within a minute. */
export const wakeRescoring = async ({ sqs, output }: Connection): Promise<void> => {
  const QueueUrl = output('RescoreLeadsQueueUrl');
  const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
  const client = await sqs();
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(wakeMessage) }));
};

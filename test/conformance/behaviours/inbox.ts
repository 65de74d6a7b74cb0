import { DeleteMessageCommand, type Message } from '@aws-sdk/client-sqs';
import type { DeployedApp } from '../backends/app.ts';
import { until } from './until.ts';

export const remove = (app: DeployedApp, queue: string, { ReceiptHandle }: Message) =>
  app.sqs.send(new DeleteMessageCommand({ QueueUrl: app.queueUrl(queue), ReceiptHandle }));

/** Receives and deletes messages until there are so many. */
export const collect = async (
  app: DeployedApp,
  queue: string,
  count: number,
): Promise<readonly Message[]> => {
  const messages: Message[] = [];
  const look = async () => {
    for (const message of await app.receive(queue)) {
      messages.push(message);
      await remove(app, queue, message);
    }
    return messages.map(({ Body }) => Body);
  };
  await until(look, ({ length }) => length >= count);
  return messages;
};

export const listBodies = (messages: readonly Message[]): string[] =>
  messages.map(({ Body }) => Body ?? '').toSorted();

export const receiveCount = ({ Attributes }: Message): number => Number(Attributes?.ApproximateReceiveCount);

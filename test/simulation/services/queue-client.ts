import { type SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { busStrike } from '../faults/bus-faults.ts';
import type { Faults } from '../faults/faults.ts';
import type { Actor } from '../scheduler/actor.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Queue } from './queue.ts';

export interface QueueClientProps {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  /** The queues by their URLs. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** Called with each message that a queue takes. */
  readonly onMessage?: ((body: string) => void) | undefined;
}

const toMs = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1_000;

/** Creates a client of the queues for one caller. Each call may fail as a whole, and each of its messages alone. */
export const queueClient = (
  { scheduler, faults, queues, onMessage }: QueueClientProps,
  actor: Actor,
): SQSClient => {
  const put = ({ input: { QueueUrl = '', Entries = [] } }: SendMessageBatchCommand): object => {
    const Failed: object[] = [];
    for (const { Id, MessageBody = '', DelaySeconds } of Entries) {
      if (faults.strikes('refusedEntry')) {
        actor.strikes++;
        Failed.push({ Id, Code: 'InternalError', SenderFault: false });
        continue;
      }
      onMessage?.(MessageBody);
      queues.get(QueueUrl)?.send(MessageBody, toMs(DelaySeconds));
    }
    return { Failed };
  };
  const sendOne = ({ input: { QueueUrl = '', MessageBody = '', DelaySeconds } }: SendMessageCommand) =>
    scheduler.call({
      actor,
      name: () => `SendMessage ${QueueUrl}`,
      perform: () => queues.get(QueueUrl)?.send(MessageBody, toMs(DelaySeconds)),
      strike: () => busStrike(faults),
    });
  const sendAll = (command: SendMessageBatchCommand) =>
    scheduler.call({
      actor,
      name: () => `SendMessageBatch ${command.input.QueueUrl} ${command.input.Entries?.length}`,
      perform: () => put(command),
      strike: () => busStrike(faults),
    });
  const send = (command: SendMessageBatchCommand | SendMessageCommand) =>
    command instanceof SendMessageCommand ? sendOne(command) : sendAll(command);
  return Object.create(SQSClient.prototype, { send: { value: send } });
};

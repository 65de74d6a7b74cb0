import { type SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { busStrike } from '../faults/bus-faults.ts';
import type { Faults } from '../faults/faults.ts';
import type { Actor } from '../scheduler/actor.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Queue } from './queue.ts';

export interface QueueClientProps {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  /** The queues by their URLs. */
  readonly queues: Readonly<Record<string, Queue>>;
  /** Called with each message that a queue takes. */
  readonly onMessage?: ((body: string) => void) | undefined;
}

/** Creates a client of the queues for one caller. Each call may fail as a whole, and each of its messages alone. */
export const queueClient = (
  { scheduler, faults, queues, onMessage }: QueueClientProps,
  actor: Actor,
): SQSClient => {
  const put = ({ input: { QueueUrl = '', Entries = [] } }: SendMessageBatchCommand): object => {
    const Failed: object[] = [];
    for (const { Id, MessageBody = '' } of Entries) {
      if (faults.strikes('refusedEntry')) {
        actor.strikes++;
        Failed.push({ Id, Code: 'InternalError', SenderFault: false });
        continue;
      }
      onMessage?.(MessageBody);
      queues[QueueUrl]?.send(MessageBody);
    }
    return { Failed };
  };
  const send = (command: SendMessageBatchCommand) =>
    scheduler.call({
      actor,
      name: () => `SendMessageBatch ${command.input.QueueUrl} ${command.input.Entries?.length}`,
      perform: () => put(command),
      strike: () => busStrike(faults),
    });
  return Object.create(SQSClient.prototype, { send: { value: send } });
};

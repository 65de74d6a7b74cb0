import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { pause } from '../interruption.ts';
import type { Clients } from '../target.ts';
import { makeStack, type StackResult } from './cloudformation.ts';

/** The measurement of one behaviour of AWS. */
export interface Finding {
  readonly what: string;
  readonly asAws: boolean;
  readonly saw: string;
}

export interface Lab {
  readonly endpoint: string;
  readonly clients: Clients;
  /** Creates a stack. Each probe needs its own names for stacks and resources. */
  readonly make: (name: string, resources: Readonly<Record<string, unknown>>) => Promise<StackResult>;
  readonly send: (queue: string, ...bodies: string[]) => Promise<void>;
  /** Returns the messages that arrive in a queue within a time, in order. */
  readonly receive: (queue: string, forMs: number) => Promise<string[]>;
}

export type Probe = (lab: Lab) => Promise<readonly Finding[]>;

const pollMs = 200;

export const createLab = (endpoint: string, clients: Clients): Lab => {
  const { sqs } = clients;
  const readQueueUrl = async (QueueName: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  return {
    endpoint,
    clients,
    make: (name, resources) => makeStack(endpoint, name, resources),
    send: async (queue, ...bodies) => {
      const QueueUrl = await readQueueUrl(queue);
      for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    },
    receive: async (queue, forMs) => {
      const QueueUrl = await readQueueUrl(queue);
      const bodies: string[] = [];
      for (const end = Date.now() + forMs; Date.now() < end; await pause(pollMs)) {
        const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
        for (const { Body = '', ReceiptHandle } of (await sqs.send(asked)).Messages ?? []) {
          bodies.push(Body);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
      return bodies;
    },
  };
};

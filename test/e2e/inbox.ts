import {
  DeleteRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { sluiceSource } from '../../events/index.ts';
import type { Target } from './target.ts';
import { until } from './until.ts';

/** An announcement as a subscriber receives it. */
export interface Announcement {
  readonly type: string;
  readonly id: string;
  /** When the announced event occurred. */
  readonly occurredAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A queue of the run's own, subscribed to the bus. */
export interface Inbox {
  /** Returns all announcements so far, each once, however often it was delivered. */
  readonly announcements: () => readonly Announcement[];
  /** Receives what is waiting. Returns the number of announcements that were new. */
  readonly take: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const probeSource = 'e2e.probe';
const targetId = 'inbox';

interface Message {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: {
    readonly metadata: { readonly eventId: string; readonly occurredAt: string };
    readonly data: Announcement['data'];
  };
}

/** Returns whether an announcement is about a probe: no contract has its type, so each is quarantined. */
const isAboutProbe = ({ detail: { data } }: Message): boolean => data.rejectedSource === probeSource;

const parseAnnouncement = ({ 'detail-type': type, detail: { metadata, data } }: Message): Announcement => ({
  type,
  id: metadata.eventId,
  occurredAt: metadata.occurredAt,
  data,
});

/** Returns a policy that allows only the bus to send to the queue, and only by the rule. */
const buildQueuePolicy = (queueArn: string, ruleArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      },
    ],
  });

const subscribe = async ({ clients: { bus, sqs }, output }: Target, name: string): Promise<string> => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const asked = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const queueArn = asked.Attributes?.QueueArn ?? '';
  const onBus = { EventBusName: output('BusName') };
  const pattern = { source: [sluiceSource, probeSource] };
  const { RuleArn = '' } = await bus.send(
    new PutRuleCommand({ ...onBus, Name: name, EventPattern: JSON.stringify(pattern) }),
  );
  const Attributes = { Policy: buildQueuePolicy(queueArn, RuleArn) };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  await bus.send(new PutTargetsCommand({ ...onBus, Rule: name, Targets: [{ Id: targetId, Arn: queueArn }] }));
  return QueueUrl;
};

const unsubscribe = async ({ clients: { bus, sqs }, output }: Target, name: string, QueueUrl: string) => {
  const onBus = { EventBusName: output('BusName') };
  await bus.send(new RemoveTargetsCommand({ ...onBus, Rule: name, Ids: [targetId] }));
  await bus.send(new DeleteRuleCommand({ ...onBus, Name: name }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
};

/** Receives until the queue is empty. */
const receiveAll = async ({ clients: { sqs } }: Target, QueueUrl: string): Promise<Message[]> => {
  const all: Message[] = [];
  for (;;) {
    const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(asked);
    if (Messages.length === 0) return all;
    all.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Message));
    await Promise.all(
      Messages.map(({ ReceiptHandle }) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
    );
  }
};

/**
 * Subscribes to the bus and waits until the subscription works: on AWS that takes some time.
 *
 * @param name of the queue and the rule; no other run may use it
 */
export const openInbox = async (target: Target, name: string): Promise<Inbox> => {
  const url = await subscribe(target, name);
  const known = new Map<string, Announcement>();
  let isSubscribed = false;
  const take = async (): Promise<number> => {
    const before = known.size;
    for (const message of await receiveAll(target, url)) {
      if (message.source === probeSource) isSubscribed = true;
      else if (!isAboutProbe(message)) known.set(message.detail.metadata.eventId, parseAnnouncement(message));
    }
    return known.size - before;
  };
  const probe = new PutEventsCommand({
    Entries: [
      { EventBusName: target.output('BusName'), Source: probeSource, DetailType: 'Probe', Detail: '{}' },
    ],
  });
  await until('the first event in a queue of our own', target.pace, async () => {
    await target.clients.bus.send(probe);
    await take();
    return isSubscribed ? { found: true } : { instead: 'nothing' };
  });
  return {
    announcements: () => [...known.values()],
    take,
    close: () => unsubscribe(target, name, url),
  };
};

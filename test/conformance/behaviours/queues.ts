import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { DeployedApp } from '../backends/app.ts';
import { type AppBehaviour, type Deploy, from } from '../behaviour.ts';
import { collect, receiveCount, remove } from './inbox.ts';
import { catchRefusal } from './refusals.ts';
import { quiet, until } from './until.ts';

const guide = 'AWSSimpleQueueService/latest/SQSDeveloperGuide';
const visibility = from<Deploy>(`${guide}/sqs-visibility-timeout.html`);
const redrive = from<Deploy>(`${guide}/sqs-dead-letter-queues.html`);
const messages = from<Deploy>(`${guide}/sqs-message-metadata.html`);
const quotas = from<Deploy>(`${guide}/quotas-messages.html`);
const delays = from<Deploy>(`${guide}/sqs-delay-queues.html`);

const oneQueue = { queues: { Inbox: {} } };

const first = async (app: DeployedApp, queue: string) => {
  const [message] = await until(
    () => app.receive(queue),
    ({ length }) => length > 0,
  );
  if (message === undefined) throw new Error('nothing was received');
  return message;
};

export const queues: readonly AppBehaviour[] = [
  visibility(
    'a received message is hidden until its visibility timeout ends, then it comes again with a higher count',
    async (deploy) => {
      const app = await deploy(oneQueue);
      await app.send('Inbox', 'one');
      const once = await first(app, 'Inbox');
      const at = Date.now();
      const again = await first(app, 'Inbox');
      expect(Date.now() - at).toBeGreaterThan(800);
      expect(again.MessageId).toBe(once.MessageId);
      expect([once, again].map(receiveCount)).toEqual([1, 2]);
      expect(again.ReceiptHandle).not.toBe(once.ReceiptHandle);
    },
  ),
  visibility('a deleted message does not come again', async (deploy) => {
    const app = await deploy(oneQueue);
    await app.send('Inbox', 'one');
    await remove(app, 'Inbox', await first(app, 'Inbox'));
    await quiet();
    expect(await app.receive('Inbox')).toEqual([]);
  }),
  visibility('a visibility timeout that is changed to nothing shows the message at once', async (deploy) => {
    const app = await deploy({ queues: { Inbox: { visibilityTimeout: 600 } } });
    await app.send('Inbox', 'one');
    const { ReceiptHandle } = await first(app, 'Inbox');
    const QueueUrl = app.queueUrl('Inbox');
    await app.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    expect(receiveCount(await first(app, 'Inbox'))).toBe(2);
  }),
  visibility('a receive may set a visibility timeout of its own', async (deploy) => {
    const app = await deploy({ queues: { Inbox: { visibilityTimeout: 600 } } });
    await app.send('Inbox', 'one');
    const QueueUrl = app.queueUrl('Inbox');
    const receive = () => app.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 1 }));
    await until(receive, ({ Messages = [] }) => Messages.length === 1);
    await until(receive, ({ Messages = [] }) => Messages.length === 1);
  }),
  redrive(
    'a message that was received as often as allowed goes to the dead letters, with its id and its body',
    async (deploy) => {
      const app = await deploy({
        queues: { Inbox: { redrive: { to: 'Dead', maxReceiveCount: 2 } }, Dead: { visibilityTimeout: 60 } },
      });
      await app.send('Inbox', 'one');
      const once = await first(app, 'Inbox');
      const twice = await first(app, 'Inbox');
      const seen: unknown[] = [];
      const look = async () => {
        seen.push(...(await app.receive('Inbox')));
        return app.receive('Dead');
      };
      const [dead] = await until(look, ({ length }) => length > 0);
      expect(seen).toEqual([]);
      expect(receiveCount(twice)).toBe(2);
      expect(dead?.Body).toBe('one');
      expect(dead?.MessageId).toBe(once.MessageId);
    },
  ),
  redrive('a message that is deleted in time never goes to the dead letters', async (deploy) => {
    const app = await deploy({
      queues: { Inbox: { redrive: { to: 'Dead', maxReceiveCount: 1 } }, Dead: {} },
    });
    await app.send('Inbox', 'one');
    await remove(app, 'Inbox', await first(app, 'Inbox'));
    await quiet();
    expect([await app.receive('Inbox'), await app.receive('Dead')]).toEqual([[], []]);
  }),
  delays('a queue with a delay hides what is sent for that long', async (deploy) => {
    const app = await deploy({ queues: { Inbox: { delay: 1 } } });
    const at = Date.now();
    await app.send('Inbox', 'one');
    await first(app, 'Inbox');
    expect(Date.now() - at).toBeGreaterThan(900);
  }),
  messages('a message keeps its body and its attributes', async (deploy) => {
    const app = await deploy(oneQueue);
    const MessageAttributes = { from: { DataType: 'String', StringValue: 'web' } };
    const MessageBody = JSON.stringify({ text: 'é "quoted" \n <xml>&' });
    const QueueUrl = app.queueUrl('Inbox');
    await app.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
    const receive = () =>
      app.sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }));
    const { Messages } = await until(receive, ({ Messages = [] }) => Messages.length > 0);
    expect(Messages?.[0]).toMatchObject({ Body: MessageBody, MessageAttributes });
  }),
  messages('every message that is sent is received', async (deploy) => {
    const app = await deploy({ queues: { Inbox: { visibilityTimeout: 30 } } });
    const bodies = Array.from({ length: 25 }, (_, index) => `${index}`);
    await app.send('Inbox', ...bodies);
    const received = await collect(app, 'Inbox', 25);
    expect(received.map(({ Body }) => Body).toSorted()).toEqual(bodies.toSorted());
  }),
  quotas('a receive gives ten messages at most, and more may not be asked for', async (deploy) => {
    const app = await deploy({ queues: { Inbox: { visibilityTimeout: 30 } } });
    await app.send('Inbox', ...Array.from({ length: 12 }, (_, index) => `${index}`));
    expect((await app.receive('Inbox')).length).toBeLessThanOrEqual(10);
    const eleven = new ReceiveMessageCommand({ QueueUrl: app.queueUrl('Inbox'), MaxNumberOfMessages: 11 });
    const refusal = await catchRefusal(app.sqs.send(eleven));
    expect(refusal.name).toMatch(/InvalidParameterValue|ReadCountOutOfRange/);
  }),
  quotas('a message of more than 1 MiB is refused', async (deploy) => {
    const app = await deploy(oneQueue);
    expect((await catchRefusal(app.send('Inbox', 'x'.repeat(1_048_577)))).name).toMatch(
      /InvalidParameterValue|InvalidMessageContents|TooLong/,
    );
    await app.send('Inbox', 'x'.repeat(1_048_576));
  }),
];

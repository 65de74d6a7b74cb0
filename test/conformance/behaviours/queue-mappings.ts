import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AppSpec, DeployedApp, Handler, LambdaEvent } from '../backends/app.ts';
import { type AppBehaviour, type Deploy, from } from '../behaviour.ts';
import { collect, listBodies } from './inbox.ts';
import { quiet, until } from './until.ts';

const guide = 'lambda/latest/dg';
const batches = from<Deploy>(`${guide}/services-sqs-configure.html`);
const errors = from<Deploy>(`${guide}/services-sqs-errorhandling.html`);
const events = from<Deploy>(`${guide}/with-sqs.html`);

const bodies = ({ Records }: LambdaEvent): string[] => Records.map(({ body }) => body);
const handled = (app: DeployedApp): string[] => app.got('Work').flatMap(bodies);
const failing = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`.padStart(2, '0'));

const worker = (Work: Handler, more: object = {}): AppSpec => ({
  queues: { Inbox: { visibilityTimeout: 4, redrive: { to: 'Dead', maxReceiveCount: 3 } }, Dead: {} },
  functions: { Work },
  queueMappings: [{ queue: 'Inbox', function: 'Work', reportsFailures: true, ...more }],
});

/** Returns a handler that gives this answer to the first invocation, and accepts the rest. */
const answering =
  (answer: (event: LambdaEvent) => unknown): Handler =>
  (event, before) =>
    before === 0 ? answer(event) : undefined;

/** Checks that all messages were handled, and those of the first batch twice. */
const firstAgain = (app: DeployedApp, ...all: readonly string[]) =>
  until(
    () => app.got('Work').map(bodies),
    ([first = [], ...others]) =>
      all.every((one) => [first, ...others].flat().includes(one)) &&
      first.every((one) => others.flat().includes(one)),
  );

const comesAgain = (name: string, answer: (event: LambdaEvent) => unknown) =>
  errors(name, async (deploy) => {
    const app = await deploy(worker(answering(answer), { window: 1 }));
    await app.send('Inbox', 'a', 'b');
    await firstAgain(app, 'a', 'b');
    await quiet();
    expect(await app.receive('Dead')).toEqual([]);
  });

const isDone = (name: string, answer: unknown) =>
  errors(name, async (deploy) => {
    const app = await deploy(worker(() => answer));
    await app.send('Inbox', 'a');
    await until(
      () => handled(app),
      ({ length }) => length > 0,
    );
    await quiet();
    expect(handled(app)).toEqual(['a']);
  });

export const queueMappings: readonly AppBehaviour[] = [
  batches('a function gets all messages, in batches of at most the batch size', async (deploy) => {
    const app = await deploy(worker(() => undefined, { batchSize: 4 }));
    await app.send('Inbox', ...names(11));
    await until(
      () => handled(app),
      ({ length }) => length >= 11,
    );
    expect(handled(app).toSorted()).toEqual(names(11));
    for (const event of app.got('Work')) expect(event.Records.length).toBeLessThanOrEqual(4);
  }),
  batches('a batch gathers until its window ends', async (deploy) => {
    const app = await deploy({
      ...worker(() => undefined, { batchSize: 10, window: 3 }),
      queues: { Inbox: { visibilityTimeout: 30 } },
    });
    await app.send('Inbox', 'a');
    await sleep(1_000);
    await app.send('Inbox', 'b', 'c');
    await until(
      () => handled(app),
      ({ length }) => length >= 3,
    );
    expect(app.got('Work').map((event) => bodies(event).toSorted())).toEqual([['a', 'b', 'c']]);
  }),
  batches('a full batch does not wait for its window', async (deploy) => {
    const app = await deploy(worker(() => undefined, { batchSize: 2, window: 300 }));
    await app.send('Inbox', 'a', 'b');
    await until(
      () => handled(app),
      ({ length }) => length === 2,
    );
  }),
  errors(
    'when the function throws, all messages of its batch come again after the visibility timeout',
    async (deploy) => {
      const app = await deploy(
        worker(
          answering(() => {
            throw new Error('not now');
          }),
          { window: 1 },
        ),
      );
      await app.send('Inbox', 'a', 'b', 'c');
      await firstAgain(app, 'a', 'b', 'c');
      await quiet();
      const [failed = { Records: [] }, ...others] = app.got('Work');
      const counts = (event: LambdaEvent) =>
        event.Records.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount]);
      const failedBodies = bodies(failed);
      expect(counts(failed)).toEqual(failedBodies.map((body) => [body, '1']));
      const again = others.flatMap(counts).filter(([body]) => failedBodies.includes(body));
      expect(again.toSorted()).toEqual(failedBodies.map((body) => [body, '2']).toSorted());
    },
  ),
  errors('messages that the function reports come again, the others of the batch do not', async (deploy) => {
    const isNewB = ({ body, attributes }: LambdaEvent['Records'][number]) =>
      body === 'b' && attributes.ApproximateReceiveCount === '1';
    const app = await deploy(
      worker(({ Records }) => failing(...Records.filter(isNewB).map(({ messageId }) => messageId)), {
        window: 1,
      }),
    );
    await app.send('Inbox', 'a', 'b', 'c');
    await until(
      () => handled(app),
      (seen) => seen.filter((body) => body === 'b').length === 2,
    );
    await quiet();
    expect(handled(app).toSorted()).toEqual(['a', 'b', 'b', 'c']);
  }),
  errors('a message that always fails goes to the dead letters, and delays no other', async (deploy) => {
    const app = await deploy(
      worker(({ Records }) =>
        failing(...Records.filter(({ body }) => body === 'bad').map(({ messageId }) => messageId)),
      ),
    );
    await app.send('Inbox', 'a', 'bad', 'c');
    expect(listBodies(await collect(app, 'Dead', 1))).toEqual(['bad']);
    expect(handled(app).toSorted()).toEqual(['a', 'bad', 'bad', 'bad', 'c']);
  }),
  comesAgain('an answer that names a message of another batch fails the whole batch', () =>
    failing('nobody'),
  ),
  comesAgain('an answer with an empty identifier fails the whole batch', () => failing('')),
  comesAgain('an answer whose failures have no identifier fails the whole batch', () => ({
    batchItemFailures: [{ wrong: 'a' }],
  })),
  isDone('an answer of nothing is a success', undefined),
  isDone('an answer with an empty list of failures is a success', failing()),
  isDone('an answer with no list of failures is a success', { done: true }),
  errors('failures that the mapping is not told to expect are no failures', async (deploy) => {
    const app = await deploy(
      worker(({ Records }) => failing(...Records.map(({ messageId }) => messageId)), {
        reportsFailures: false,
      }),
    );
    await app.send('Inbox', 'a');
    await until(
      () => handled(app),
      ({ length }) => length > 0,
    );
    await quiet();
    expect(handled(app)).toEqual(['a']);
  }),
  events(
    'a record tells its queue, its id, how often it was received, and when it was sent',
    async (deploy) => {
      const app = await deploy(worker(() => undefined));
      const before = Date.now();
      await app.send('Inbox', 'a');
      await until(
        () => handled(app),
        ({ length }) => length > 0,
      );
      const record = app.got('Work')[0]?.Records[0];
      expect(record).toMatchObject({
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'a',
        md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
        eventSource: 'aws:sqs',
        eventSourceARN: expect.stringMatching(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:.*Inbox/),
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
        messageAttributes: {},
      });
      expect(Number(record.attributes.SentTimestamp)).toBeGreaterThanOrEqual(before - 1_000);
    },
  ),
];

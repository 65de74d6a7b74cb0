import { expect } from 'vitest';
import type { AppSpec, DeployedApp, Handler, LambdaEvent } from '../backends/app.ts';
import { type AppBehaviour, type Deploy, from } from '../behaviour.ts';
import { collect } from './inbox.ts';
import { quiet, until } from './until.ts';

const guide = 'lambda/latest/dg';
const reading = from<Deploy>(`${guide}/with-ddb.html`);
const errors = from<Deploy>(`${guide}/services-dynamodb-errors.html`);
const reports = from<Deploy>(`${guide}/services-ddb-batchfailurereporting.html`);
const filtering = from<Deploy>(`${guide}/with-ddb-filtering.html`);

const keys = ({ Records }: LambdaEvent): string[] => Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
const batches = (app: DeployedApp): string[][] => app.got('Work').map(keys);
const findSequenceNumber = (event: LambdaEvent, pk: string): string =>
  event.Records.find(({ dynamodb }) => dynamodb.Keys.pk.S === pk)?.dynamodb.SequenceNumber;
const failingAt = (event: LambdaEvent, pk: string) => ({
  batchItemFailures: keys(event).includes(pk) ? [{ itemIdentifier: findSequenceNumber(event, pk) }] : [],
});
const throwsOn =
  (bad: string): Handler =>
  (event) => {
    if (keys(event).includes(bad)) throw new Error(`refused ${bad}`);
  };

/** Returns an app with a worker whose window lets a test write all records of a batch before it is read. */
const worker = (Work: Handler, more: object = {}): AppSpec => ({
  queues: { Given: {} },
  functions: { Work },
  streamMappings: [
    { function: 'Work', batchSize: 4, window: 2, maximumRetryAttempts: 1, onFailure: 'Given', ...more },
  ],
});
const write = (app: DeployedApp, ...pks: readonly string[]) => app.put(...pks.map((pk) => ({ pk })));
const seen = (app: DeployedApp, pk: string) =>
  until(
    () => batches(app),
    (all) => all.flat().includes(pk),
  );
const given = async (app: DeployedApp) =>
  JSON.parse((await collect(app, 'Given', 1))[0]?.Body ?? '') as Record<string, Record<string, unknown>>;

export const streamMappings: readonly AppBehaviour[] = [
  reading('a function gets every change once, in batches of at most the batch size', async (deploy) => {
    const app = await deploy(worker(() => undefined));
    await write(app, 'a', 'b', 'c', 'd', 'e', 'f');
    await seen(app, 'f');
    expect(batches(app).flat().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    for (const batch of batches(app)) expect(batch.length).toBeLessThanOrEqual(4);
  }),
  reading(
    'the changes of an item come in their order, with what was there before and after',
    async (deploy) => {
      const app = await deploy(worker(() => undefined));
      for (const version of ['1', '2', '3', '4', '5', '6']) await app.put({ pk: 'a', version });
      await until(
        () => batches(app),
        (all) => all.flat().length >= 6,
      );
      const records = app.got('Work').flatMap(({ Records }) => Records);
      expect(
        records.map(({ dynamodb }) => [dynamodb.OldImage?.version.S, dynamodb.NewImage.version.S]),
      ).toEqual([
        [undefined, '1'],
        ['1', '2'],
        ['2', '3'],
        ['3', '4'],
        ['4', '5'],
        ['5', '6'],
      ]);
      expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', ...Array(5).fill('MODIFY')]);
    },
  ),
  reading('a write that changes nothing is not told', async (deploy) => {
    const app = await deploy(worker(() => undefined));
    await app.put({ pk: 'a', version: '1' }, { pk: 'a', version: '1' }, { pk: 'b' });
    await seen(app, 'b');
    expect(batches(app).flat()).toEqual(['a', 'b']);
  }),
  reading('a record tells its table, its kind and its number', async (deploy) => {
    const app = await deploy(worker(() => undefined));
    await write(app, 'a');
    await seen(app, 'a');
    expect(app.got('Work')[0]?.Records[0]).toMatchObject({
      eventID: expect.any(String),
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      awsRegion: expect.stringMatching(/^[a-z]+-[a-z]+-\d$/),
      eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\/.*\/stream\//),
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        SequenceNumber: expect.stringMatching(/^\d+$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  }),
  errors(
    'a batch that fails is tried again whole, as often as allowed, before anything behind it',
    async (deploy) => {
      const app = await deploy(worker(throwsOn('b'), { maximumRetryAttempts: 2 }));
      await write(app, 'a', 'b', 'c', 'd', 'e', 'f');
      await seen(app, 'f');
      expect(batches(app)).toEqual([...Array(3).fill(['a', 'b', 'c', 'd']), ['e', 'f']]);
    },
  ),
  errors(
    'a batch that is given up is told to its destination: where it was, and how it failed',
    async (deploy) => {
      const app = await deploy(worker(throwsOn('b')));
      await write(app, 'a', 'b', 'c');
      const failure = await given(app);
      const [event] = app.got('Work') as [LambdaEvent];
      expect(failure).toMatchObject({
        requestContext: {
          requestId: expect.any(String),
          functionArn: expect.stringMatching(/^arn:aws:lambda:/),
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        },
        responseContext: { statusCode: 200, functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        DDBStreamBatchInfo: {
          shardId: expect.any(String),
          startSequenceNumber: findSequenceNumber(event, 'a'),
          endSequenceNumber: findSequenceNumber(event, 'c'),
          batchSize: 3,
          streamArn: event.Records[0].eventSourceARN,
        },
      });
      expect(JSON.stringify(failure)).not.toContain('NewImage');
    },
  ),
  errors('a failed batch is cut in half, so that one record alone is given up', async (deploy) => {
    const app = await deploy(worker(throwsOn('c'), { bisect: true }));
    await write(app, 'a', 'b', 'c', 'd', 'e');
    await seen(app, 'e');
    const failure = await given(app);
    expect(failure.DDBStreamBatchInfo).toMatchObject({ batchSize: 1 });
    const done = batches(app).filter((batch) => !batch.includes('c'));
    expect(done.flat()).toEqual(['a', 'b', 'd', 'e']);
    expect(batches(app).slice(0, 3)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b'],
      ['c', 'd'],
    ]);
  }),
  reports('what stands before a reported record is not tried again', async (deploy) => {
    let reported = false;
    const once: Handler = (event) => {
      if (reported || !keys(event).includes('c')) return undefined;
      reported = true;
      return failingAt(event, 'c');
    };
    const app = await deploy(worker(once, { reportsFailures: true }));
    await write(app, 'a', 'b', 'c', 'd');
    const all = await until(
      () => batches(app),
      (seen) => seen.flat().filter((pk) => pk === 'c').length === 2,
    );
    const failed = all.findIndex((batch) => batch.includes('c'));
    expect(all[failed + 1]?.[0]).toBe('c');
    expect(all.flat().filter((pk) => pk < 'c')).toEqual(['a', 'b']);
  }),
  reports('of several reported records the one with the lowest number counts', async (deploy) => {
    const both = (event: LambdaEvent) => ({
      batchItemFailures: [
        ...failingAt(event, 'd').batchItemFailures,
        ...failingAt(event, 'b').batchItemFailures,
      ],
    });
    const app = await deploy(
      worker((event, before) => (before === 0 ? both(event) : undefined), { reportsFailures: true }),
    );
    await write(app, 'a', 'b', 'c', 'd');
    await until(
      () => batches(app),
      ({ length }) => length >= 2,
    );
    expect(batches(app)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  }),
  reports('with both, a batch is cut at the reported record, and it alone is given up', async (deploy) => {
    const app = await deploy(
      worker((event) => failingAt(event, 'c'), { reportsFailures: true, bisect: true }),
    );
    await write(app, 'a', 'b', 'c', 'd');
    const failure = await given(app);
    await until(
      () => batches(app),
      (all) => all.some((batch) => batch.length === 1 && batch[0] === 'd'),
    );
    expect(failure.DDBStreamBatchInfo).toMatchObject({ batchSize: 1 });
    expect(
      batches(app)
        .flat()
        .filter((pk) => pk === 'a' || pk === 'b'),
    ).toEqual(['a', 'b']);
  }),
  reports('an answer that names no record of the batch fails the whole batch', async (deploy) => {
    const nobody = { batchItemFailures: [{ itemIdentifier: '' }] };
    const app = await deploy(
      worker((_, before) => (before === 0 ? nobody : undefined), { reportsFailures: true }),
    );
    await write(app, 'a', 'b');
    await until(
      () => batches(app),
      ({ length }) => length >= 2,
    );
    expect(batches(app)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  }),
  filtering(
    'only records that match a filter are handed over, and no others fail or hold them up',
    async (deploy) => {
      const image = (tier: unknown) => ({ dynamodb: { NewImage: { tier: { S: tier } } } });
      const filters = [
        { ...image(['good']), eventName: ['INSERT'] },
        { ...image([{ prefix: 'exc' }]) },
        { dynamodb: { Keys: { pk: { S: ['c'] } }, NewImage: { tier: { S: [{ exists: false }] } } } },
      ];
      const app = await deploy(worker(() => undefined, { filters, window: 0 }));
      await app.put(
        { pk: 'a', tier: 'good' },
        { pk: 'a', tier: 'good', more: 'x' },
        { pk: 'b', tier: 'none' },
      );
      await app.put({ pk: 'c' }, { pk: 'd', tier: 'excellent' });
      await seen(app, 'd');
      await quiet();
      expect(batches(app).flat()).toEqual(['a', 'c', 'd']);
    },
  ),
];

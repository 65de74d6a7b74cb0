import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { LocalStack } from '../../../infra/local/stack.ts';
import { run } from './run.ts';
import { getAtt, imported, lambda, mapping, queue } from './template.ts';

const app = (properties: object) => ({
  Failed: queue(),
  Work: lambda('work', { Timeout: 5 }),
  Mapping: mapping('Work', imported('Stateful:Stream'), {
    BatchSize: 8,
    StartingPosition: 'TRIM_HORIZON',
    MaximumBatchingWindowInSeconds: 1,
    DestinationConfig: { OnFailure: { Destination: getAtt('Failed', 'Arn') } },
    ...properties,
  }),
});

/**
 * Returns a handler that prints the records that it has processed. It fails on poison; with partial responses it
 * processes the records before it.
 */
const work = (reports: boolean) => ({
  work: `export const handler = async ({ Records }) => {
    const bad = Records.findIndex(({ dynamodb }) => dynamodb.NewImage.poison);
    if (bad !== -1 && !${reports}) throw new Error('poison');
    for (const { dynamodb } of bad === -1 ? Records : Records.slice(0, bad)) {
      console.log(dynamodb.Keys.pk.S + ' ' + dynamodb.NewImage.version.N);
    }
    if (bad === -1) return;
    return { batchItemFailures: [{ itemIdentifier: Records[bad].dynamodb.SequenceNumber }] };
  };`,
});

interface Write {
  readonly lead: string;
  readonly version: number;
  readonly poison?: boolean;
}

const writeAll = async (stack: LocalStack, writes: readonly Write[]): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: stack.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  for (const { lead, version, poison = false } of writes) {
    await client.send(
      new UpdateItemCommand({
        TableName: stack.tables.Leads,
        Key: { pk: { S: lead }, sk: { S: 'STATE' } },
        UpdateExpression: poison ? 'SET version = :v, poison = :p' : 'SET version = :v REMOVE poison',
        ExpressionAttributeValues: { ':v': { N: `${version}` }, ...(poison && { ':p': { BOOL: true } }) },
      }),
    );
  }
};

const writes: readonly Write[] = Array.from({ length: 24 }, (_, index) => ({
  lead: `l-${index % 3}`,
  version: Math.floor(index / 3) + 1,
  poison: index === 13,
}));
const good = writes.filter(({ poison }) => !poison);

const failures = (stack: LocalStack) => stack.messages('Failed').map(({ body }) => JSON.parse(body));

describe('a mapping from a stream', () => {
  it.each([
    ['throws', false, {}],
    ['reports it', true, { FunctionResponseTypes: ['ReportBatchItemFailures'] }],
    [
      'reports it, in four lanes',
      true,
      { FunctionResponseTypes: ['ReportBatchItemFailures'], ParallelizationFactor: 4 },
    ],
  ])(
    'isolates a poison record by bisecting when the function %s, and keeps the order of each item',
    async (_, reports, extra) => {
      const processed: string[] = [];
      const properties = { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...extra };
      const stack = await run(app(properties), work(reports), {
        onLog: (_name, line) => line.startsWith('l-') && processed.push(line),
      });
      await writeAll(stack, writes);
      await stack.idle();
      await stack.close();

      for (const lead of ['l-0', 'l-1', 'l-2']) {
        const expected = good
          .filter((write) => write.lead === lead)
          .map(({ version }) => `${lead} ${version}`);
        expect(processed.filter((line) => line.startsWith(lead))).toEqual(expected);
      }
      expect(failures(stack)).toEqual([
        expect.objectContaining({
          version: '1.0',
          requestContext: expect.objectContaining({
            condition: 'RetryAttemptsExhausted',
            functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:App-Work:$LATEST',
          }),
          DDBStreamBatchInfo: expect.objectContaining({
            batchSize: 1,
            startSequenceNumber: '14',
            endSequenceNumber: '14',
            streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Stateful-Leads/stream/local',
          }),
        }),
      ]);
    },
  );

  it('keeps the records themselves when its failures go to a bucket', async () => {
    const stack = await run(
      {
        ...app({
          BatchSize: 2,
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: getAtt('Kept', 'Arn') } },
        }),
        Kept: { Type: 'AWS::S3::Bucket' },
      },
      work(false),
      { batchWindowMs: 0 },
    );
    await writeAll(stack, [{ lead: 'l-1', version: 1, poison: true }]);
    await stack.idle();
    const [kept, ...others] = stack.objects('Kept');
    expect(others).toEqual([]);
    expect(kept?.key).toMatch(
      /^aws\/lambda\/Mapping\/shardId-[\w-]+\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    );
    const { payload, DDBStreamBatchInfo } = JSON.parse(kept?.body ?? '');
    expect(DDBStreamBatchInfo).toMatchObject({ batchSize: 1 });
    expect(JSON.parse(payload)).toMatchObject({
      Records: [
        { eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'l-1' } }, NewImage: { version: { N: '1' } } } },
      ],
    });
  });

  it('gives up the whole rest of a batch when it does not bisect, and goes on with the next', async () => {
    const stack = await run(app({ MaximumRetryAttempts: 2, BatchSize: 6 }), work(false));
    await writeAll(stack, writes.slice(0, 18));
    await stack.idle();
    expect(failures(stack).map(({ DDBStreamBatchInfo: info }) => info)).toMatchObject([
      { batchSize: 6, startSequenceNumber: '13' },
    ]);
    expect(stack.counts()).toEqual({ Work: { invocations: 5, errors: 3 } });
  });
});

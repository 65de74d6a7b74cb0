import { DescribeTimeToLiveCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { buildArn, recorderResources } from '../functions.ts';
import type { Probe } from '../probe.ts';

const table = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    TableName: 'Probed',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    Replicas: [{ Region: 'us-east-1' }],
  },
};

const resources = {
  ...recorderResources,
  Seen: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'SeenOfStream' } },
  GivenUp: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'given-up-of-stream' } },
  Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'FailuresOfStream' } },
  Table: table,
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      FunctionName: { Ref: 'Fn' },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 2,
      MaximumRetryAttempts: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: buildArn('Failures') } },
      FilterCriteria: {
        Filters: [
          {
            Pattern:
              '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"anything-but":["hidden"]}]}}}}',
          },
        ],
      },
    },
  },
};

/**
 * Probes a function that reads a stream: filter, partial failures, bisection, retries that end, and its failure
 * destination.
 */
export const streamMapping: Probe = async ({ clients: { dynamodb }, make, receive }) => {
  const made = await make('StreamMapping', resources);
  if (made.status !== 'CREATE_COMPLETE')
    return [{ what: 'a mapping of a stream', asAws: false, saw: made.reason }];
  const put = (...keys: string[]) =>
    Promise.all(
      keys.map((pk) => dynamodb.send(new PutItemCommand({ TableName: 'Probed', Item: { pk: { S: pk } } }))),
    );
  const ttl = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'Probed' }));
  await put('hidden', 'a', 'fail-b', 'c');
  const partly = (await receive('SeenOfStream', 12_000)).map((body) => JSON.parse(body) as string[]);
  const first = partly.flat();
  const partlyGivenUp = await receive('FailuresOfStream', 1_000);
  await put('d', 'throw-e', 'f');
  const thrown = (await receive('SeenOfStream', 15_000)).map((body) => JSON.parse(body) as string[]);
  const givenUp = await receive('FailuresOfStream', 1_000);
  const times = (words: readonly string[], word: string) => words.filter((one) => one === word).length;
  const calls = (all: readonly string[][]) => all.map((words) => words.join('+')).join(', ') || 'nothing';
  return [
    {
      what: 'a filter of a stream mapping',
      asAws: first.includes('a') && !first.includes('hidden'),
      saw: calls(partly),
    },
    {
      what: 'a record reported as failed is tried again',
      asAws: times(first, 'fail-b') > 1,
      saw: calls(partly),
    },
    {
      what: 'and goes to the failure destination when its retries end',
      asAws: partlyGivenUp.length === 1,
      saw: `${partlyGivenUp.length} messages`,
    },
    {
      what: 'a batch that fails is bisected',
      asAws: thrown.some((words) => words.join() === 'throw-e') && times(thrown.flat(), 'f') > 0,
      saw: calls(thrown),
    },
    {
      what: 'and goes to the failure destination when its retries end, alone',
      asAws: givenUp.length === 1,
      saw: `${givenUp.length} messages`,
    },
    {
      what: 'a time to live of the template is applied',
      asAws: ttl.TimeToLiveDescription?.AttributeName === 'expiresAt',
      saw: JSON.stringify(ttl.TimeToLiveDescription),
    },
  ];
};

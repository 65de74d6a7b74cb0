import { buildArn, recorderResources } from '../functions.ts';
import type { Probe } from '../probe.ts';

/** Probes a function that reads a queue: partial failures, dead letters, and versions behind an alias. */
export const queueMapping: Probe = async ({ make, send, receive }) => {
  const made = await make('QueueMapping', {
    ...recorderResources,
    Given: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'GivenUp' } },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        Name: 'live',
        FunctionName: { Ref: 'Fn' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
      },
    },
    Inbound: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'Inbound',
        VisibilityTimeout: 2,
        RedrivePolicy: { deadLetterTargetArn: buildArn('Given'), maxReceiveCount: 2 },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: buildArn('Inbound'),
        FunctionName: { Ref: 'Alias' },
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  });
  if (made.status !== 'CREATE_COMPLETE')
    return [{ what: 'a mapping to an alias', asAws: false, saw: made.reason }];
  await send('Inbound', 'a', 'fail-b');
  const seen = (await receive('Seen', 12_000)).flatMap((body) => JSON.parse(body) as string[]);
  const times = (word: string): number => seen.filter((one) => one === word).length;
  const givenUp = await receive('GivenUp', 1_000);
  return [
    {
      what: 'a mapping calls the version behind an alias',
      asAws: seen.length > 0,
      saw: `handed over: ${seen.join(' ')}`,
    },
    {
      what: 'of a batch, only what failed comes again',
      asAws: times('a') === 1 && times('fail-b') === 2,
      saw: `${times('a')} and ${times('fail-b')} times, of at most 2`,
    },
    {
      what: 'and ends among the dead letters',
      asAws: givenUp.length === 1,
      saw: `${givenUp.length} dead letters`,
    },
  ];
};

import type { Resource } from '../../../infra/local/resource-types.ts';
import type { Use } from '../recorder/use.ts';
import { withoutPlace } from './statement.ts';
import { functionNamed, ofType, refersTo, resolved, type Templates } from './template.ts';

/** What Lambda does in the name of a function's role: no call of the SDK shows it, and AWS's guide says what it takes. */
export interface OfLambda {
  readonly why: string;
  readonly uses: readonly Use[];
}

const onAll = (resource: string, actions: readonly string[]): Use[] =>
  actions.map((action) => ({ action, resource, context: {} }));

interface Mapping {
  readonly FunctionName: unknown;
  readonly EventSourceArn: unknown;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: unknown } };
}

const isAbout = (templates: Templates, stack: string, named: unknown, fn: Resource): boolean =>
  functionNamed(templates, named, stack) === fn;

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
const logs = (fn: Resource): OfLambda => {
  const { LogGroup } = fn.properties.LoggingConfig as { LogGroup: unknown };
  return {
    why: 'Lambda writes what the function prints, into its own log group',
    uses: onAll(refersTo(LogGroup) ?? '', ['logs:CreateLogStream', 'logs:PutLogEvents']),
  };
};

/** https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html: these two take no resource. */
const traces = ({ properties }: Resource): OfLambda[] => {
  if ((properties.TracingConfig as { Mode?: string } | undefined)?.Mode !== 'Active') return [];
  const uses = onAll('*', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  return [{ why: 'Lambda sends the traces', uses }];
};

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const queue = (arn: string): OfLambda => ({
  why: 'Lambda receives from the queue and deletes what was worked off',
  uses: onAll(arn, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
const stream = (arn: string): OfLambda => ({
  why: 'Lambda reads the stream',
  uses: onAll(arn, [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ]),
});

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html: objects of a bucket are named
 * `aws/lambda/<mapping>/<shard>/<date>`.
 */
const onFailure = (arn: string): OfLambda => {
  const [service] = arn.split(':');
  const why = 'Lambda keeps what it gave up';
  if (service === 'sqs') return { why, uses: onAll(arn, ['sqs:SendMessage']) };
  if (service !== 's3') throw new Error(`${arn} is a destination of a kind that isn't known here`);
  const uses = [
    ...onAll(arn, ['s3:ListBucket']),
    ...onAll(`${arn}/aws/lambda/mapping/shard/date`, ['s3:PutObject']),
  ];
  return { why, uses };
};

const mappings = (templates: Templates, fn: Resource): OfLambda[] =>
  ofType(templates, 'AWS::Lambda::EventSourceMapping').flatMap(({ stack, properties }) => {
    const { FunctionName, EventSourceArn, DestinationConfig } = properties as unknown as Mapping;
    if (!isAbout(templates, stack, FunctionName, fn)) return [];
    const arnOf = (value: unknown) => withoutPlace(resolved(templates, value, stack));
    const source = arnOf(EventSourceArn);
    const destination = DestinationConfig?.OnFailure?.Destination;
    return [
      source.startsWith('sqs:') ? queue(source) : stream(source),
      ...(destination === undefined ? [] : [onFailure(arnOf(destination))]),
    ];
  });

const invocations = (templates: Templates, fn: Resource): OfLambda[] =>
  ofType(templates, 'AWS::Lambda::EventInvokeConfig').flatMap(({ stack, properties }) => {
    const { FunctionName, DestinationConfig } = properties as unknown as Mapping;
    const destination = DestinationConfig?.OnFailure?.Destination;
    if (destination === undefined || !isAbout(templates, stack, FunctionName, fn)) return [];
    return [onFailure(withoutPlace(resolved(templates, destination, stack)))];
  });

/** What Lambda needs of a function's role, derived from what feeds the function and where its failures go. */
export const ofLambdaItself = (templates: Templates, fn: Resource): OfLambda[] => [
  logs(fn),
  ...traces(fn),
  ...mappings(templates, fn),
  ...invocations(templates, fn),
];

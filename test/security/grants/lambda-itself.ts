import type { Resource } from '../../../infra/local/resource-types.ts';
import type { Use } from '../recorder/use.ts';
import { withoutPlace } from './statement.ts';
import { functionNamed, ofType, refersTo, resolved, type Templates } from './template.ts';

/** A right that Lambda uses in the name of a function's role. No call of the SDK shows it; AWS's guide lists it. */
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

/** The rights for logs. Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
const logs = (fn: Resource): OfLambda => {
  const { LogGroup } = fn.properties.LoggingConfig as { LogGroup: unknown };
  return {
    why: 'Lambda writes what the function prints, into its own log group',
    uses: onAll(refersTo(LogGroup) ?? '', ['logs:CreateLogStream', 'logs:PutLogEvents']),
  };
};

/**
 * The rights for traces, which take no resource. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
const traces = ({ properties }: Resource): OfLambda[] => {
  if ((properties.TracingConfig as { Mode?: string } | undefined)?.Mode !== 'Active') return [];
  const uses = onAll('*', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  return [{ why: 'Lambda sends the traces', uses }];
};

/** The rights for a queue. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const queue = (arn: string): OfLambda => ({
  why: 'Lambda receives from the queue and deletes what was worked off',
  uses: onAll(arn, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']),
});

/**
 * The rights for a stream. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
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
 * The rights for a bucket of failed records, whose objects are named `aws/lambda/<mapping>/<shard>/<date>`. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
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
    const resolveArn = (value: unknown) => withoutPlace(resolved(templates, value, stack));
    const source = resolveArn(EventSourceArn);
    const destination = DestinationConfig?.OnFailure?.Destination;
    return [
      source.startsWith('sqs:') ? queue(source) : stream(source),
      ...(destination === undefined ? [] : [onFailure(resolveArn(destination))]),
    ];
  });

const invocations = (templates: Templates, fn: Resource): OfLambda[] =>
  ofType(templates, 'AWS::Lambda::EventInvokeConfig').flatMap(({ stack, properties }) => {
    const { FunctionName, DestinationConfig } = properties as unknown as Mapping;
    const destination = DestinationConfig?.OnFailure?.Destination;
    if (destination === undefined || !isAbout(templates, stack, FunctionName, fn)) return [];
    return [onFailure(withoutPlace(resolved(templates, destination, stack)))];
  });

/**
 * Returns the rights that Lambda needs of a function's role, derived from the function's sources and failure
 * destinations.
 */
export const ofLambdaItself = (templates: Templates, fn: Resource): OfLambda[] => [
  logs(fn),
  ...traces(fn),
  ...mappings(templates, fn),
  ...invocations(templates, fn),
];

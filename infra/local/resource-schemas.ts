import * as z from 'zod';
import { parseScheduleExpression } from './schedules/schedule-expression.ts';
import { generateSecretString } from './secrets/generate-secret.ts';

// The schemas of the properties of each resource that the local stack runs. An object is strict if an unknown property
// would change the behaviour; in all others, unknown properties (tags, encryption) are left out.

const number = z.coerce.number();
const arn = z.string().startsWith('arn:');

/** A table. TimeToLiveSpecification is left out: nothing expires here. */
export const globalTable = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: z.array(z.unknown()), Projection: z.unknown() }))
    .optional(),
  LocalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: z.array(z.unknown()), Projection: z.unknown() }))
    .optional(),
});

export const sqsQueue = z.object({
  VisibilityTimeout: number.default(30),
  DelaySeconds: number.default(0),
  RedrivePolicy: z.object({ deadLetterTargetArn: arn, maxReceiveCount: number }).optional(),
  FifoQueue: z.literal(false, { error: 'FIFO queues are not supported' }).optional(),
});

/** A bucket. Its lock is left out: here no version is ever removed. */
export const s3Bucket = z.object({
  ObjectLockEnabled: z.boolean().default(false),
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
});

/** A secret. Its description, tags and key have no effect, and it has no replicas. */
export const secret = z.object({
  SecretString: z.string().optional(),
  GenerateSecretString: generateSecretString.optional(),
});

export const eventBus = z.object({ Name: z.string().optional() });

const oneOrMore = z.union([z.string(), z.array(z.string())]);

/**
 * A statement of the policy of a bus. What it allows is left out: within an account, the policy of a caller's own role
 * is enough to put events. One that denies is strict, because whatever is ignored would change what it denies to whom.
 */
export const busPolicy = z.object({
  EventBusName: z.string(),
  Statement: z.discriminatedUnion('Effect', [
    z.object({ Effect: z.literal('Allow') }),
    z.strictObject({
      Effect: z.literal('Deny'),
      Sid: z.string(),
      Principal: z.literal('*'),
      Action: z.literal('events:PutEvents'),
      Resource: arn,
      Condition: z.record(z.string(), z.record(z.string(), oneOrMore)),
    }),
  ]),
});

export const eventRule = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown().optional(),
  State: z.string().optional(),
  Targets: z
    .array(
      // Delivery from memory to memory can't fail, so a target's retries and dead letters have no effect.
      z.strictObject({
        Id: z.string(),
        Arn: arn,
        DeadLetterConfig: z.unknown().optional(),
        RetryPolicy: z.unknown().optional(),
        RoleArn: z.never({ error: 'not supported: targets are SQS queues without a role' }).optional(),
      }),
    )
    .default([]),
});

const scheduleExpression = z.string().transform((text, context) => {
  const findNextRun = parseScheduleExpression(text);
  if (findNextRun !== undefined) return findNextRun;
  context.addIssue({
    code: 'custom',
    message:
      `given ${text}; allowed are rate(…) in minutes, hours or days, and cron(minutes hours * * ? *): ` +
      'the local stack has no days of a week or month',
  });
  return z.NEVER;
});

/** A rule that runs by the clock. */
export const clockRule = z.object({
  ScheduleExpression: scheduleExpression,
  State: z.string().optional(),
  Targets: z.array(z.object({ Arn: arn, Input: z.string().optional() })).default([]),
});

/** A schedule. Flexibility, retries and dead letters are left out: an invocation here can't be impossible. */
export const schedule = z.object({
  ScheduleExpression: scheduleExpression,
  ScheduleExpressionTimezone: z.enum(['UTC', 'Etc/UTC']).optional(),
  State: z.string().optional(),
  Target: z.object({
    Arn: arn,
    Input: z.string().optional(),
    DeadLetterConfig: z.object({ Arn: arn }).optional(),
  }),
});

export const lambdaFunction = z.object({
  Handler: z.string(),
  Role: arn,
  Timeout: number.default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
});

const mapping = {
  EventSourceArn: arn,
  FunctionName: z.string(),
  Enabled: z.boolean().optional(),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Tags: z.unknown().optional(),
  MetricsConfig: z.unknown().optional(),
};

export const queueMapping = z.strictObject({
  ...mapping,
  BatchSize: number.default(10),
  ScalingConfig: z.object({ MaximumConcurrency: number.optional() }).optional(),
});

export const streamMapping = z.strictObject({
  ...mapping,
  BatchSize: number.default(100),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: number.default(-1),
  MaximumRecordAgeInSeconds: number.default(-1),
  ParallelizationFactor: number.default(1),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: arn }).optional() }).optional(),
});

const unsupported = (why: string) => z.never({ error: `not supported: ${why}` }).optional();

/** An HTTP API. Its name, description and tags have no effect. */
export const httpApi = z.strictObject({
  ProtocolType: z.literal('HTTP', { error: 'allowed is HTTP' }),
  CorsConfiguration: unsupported('pages of other origins are refused here'),
  RouteSelectionExpression: z.literal('$request.method $request.path').optional(),
  DisableExecuteApiEndpoint: z.literal(false, { error: 'there is no other endpoint here' }).optional(),
  Name: z.unknown().optional(),
  Description: z.unknown().optional(),
  Tags: z.unknown().optional(),
  IpAddressType: z.unknown().optional(),
});

/** The stage of an HTTP API. Throttling and access logs are left out: here nobody is throttled. */
export const httpApiStage = z.object({
  ApiId: z.string(),
  StageName: z.literal('$default', { error: 'allowed is $default, whose name is not part of paths' }),
  AutoDeploy: z.literal(true, { error: 'allowed is true: here no deployment is needed' }),
  StageVariables: unsupported('functions get no stage variables'),
  ClientCertificateId: unsupported('the integrations are functions'),
});

/** An authorizer that checks tokens. Its name has no effect. */
export const jwtAuthorizer = z.strictObject({
  ApiId: z.string(),
  Name: z.unknown().optional(),
  AuthorizerType: z.literal('JWT', { error: 'allowed is JWT' }),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')], {
    error: 'allowed is the header Authorization',
  }),
  JwtConfiguration: z.strictObject({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
});

/** The integration of a function. */
export const httpApiIntegration = z.strictObject({
  ApiId: z.string(),
  Description: z.unknown().optional(),
  IntegrationType: z.literal('AWS_PROXY', { error: 'allowed is AWS_PROXY, with a function' }),
  IntegrationMethod: z.literal('POST').optional(),
  IntegrationUri: arn,
  ConnectionType: z.literal('INTERNET').optional(),
  PayloadFormatVersion: z.literal('2.0', { error: 'allowed is 2.0' }),
  TimeoutInMillis: number.min(50).max(30_000).default(30_000),
});

export const httpApiRoute = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z
    .enum(['JWT', 'AWS_IAM', 'NONE'], { error: 'allowed are JWT, AWS_IAM and NONE' })
    .default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
  OperationName: z.unknown().optional(),
  ApiKeyRequired: z.literal(false).optional(),
});

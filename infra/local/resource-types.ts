import { LocalStackError } from './errors.ts';

/** The account in local ARNs. The region has a real name, since SDKs and libraries check its form. */
export const account = '000000000000';
export const region = 'us-east-1';

export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  /** The path of the resource's construct within its stack; the logical id if the manifest has no path. */
  readonly path: string;
  readonly type: string;
  /** The properties of the template, with unresolved intrinsic functions. */
  readonly properties: Readonly<Record<string, unknown>>;
}

interface RuntimeType {
  /**
   * The property that sets the physical name; without it the name consists of stack and logical id. A type without it is
   * known by an id that AWS gives it.
   */
  readonly nameProperty?: string;
  /** The property that names the owner of the resource; the resource's name consists of both. */
  readonly ownerProperty?: string;
  readonly arn: (name: string) => string;
  /** Returns the value of `Ref`, if it is not the name. */
  readonly ref?: (name: string) => string;
  /** The values of `Fn::GetAtt` beside `Arn`. */
  readonly attributes?: Readonly<Record<string, (name: string) => string>>;
}

const buildArn = (service: string, prefix: string) => (name: string) =>
  `arn:aws:${service}:${region}:${account}:${prefix}${name}`;
const tableArn = buildArn('dynamodb', 'table/');
const secretArn = buildArn('secretsmanager', 'secret:');
/** Returns the URL of a queue as a template has it: it is read before the port of the stack is known. */
export const awsQueueUrl = (name: string): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
/** Returns the URL of an HTTP API as a template has it. */
export const awsApiUrl = (id: string): string => `https://${id}.execute-api.${region}.amazonaws.com`;
const sameName = (name: string): string => name;

const runtimeTypes: Readonly<Record<string, RuntimeType>> = {
  'AWS::ApiGatewayV2::Api': {
    arn: buildArn('execute-api', ''),
    attributes: { ApiId: sameName, ApiEndpoint: awsApiUrl },
  },
  'AWS::ApiGatewayV2::Authorizer': {
    arn: buildArn('apigateway', 'authorizer/'),
    attributes: { AuthorizerId: sameName },
  },
  'AWS::ApiGatewayV2::Integration': {
    arn: buildArn('apigateway', 'integration/'),
    attributes: { IntegrationId: sameName },
  },
  'AWS::ApiGatewayV2::Route': { arn: buildArn('apigateway', 'route/'), attributes: { RouteId: sameName } },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName', arn: buildArn('apigateway', 'stage/') },
  'AWS::DynamoDB::GlobalTable': {
    nameProperty: 'TableName',
    arn: tableArn,
    attributes: { StreamArn: (name) => `${tableArn(name)}/stream/local`, TableId: sameName },
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    arn: buildArn('events', 'event-bus/'),
    attributes: { Name: sameName },
  },
  'AWS::Events::EventBusPolicy': {
    nameProperty: 'StatementId',
    arn: buildArn('events', 'event-bus-policy/'),
  },
  'AWS::Events::Rule': { nameProperty: 'Name', arn: buildArn('events', 'rule/') },
  'AWS::IAM::Role': { nameProperty: 'RoleName', arn: (name) => `arn:aws:iam::${account}:role/${name}` },
  // The random characters at the end of a real one would be others at each start.
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    arn: secretArn,
    ref: secretArn,
    attributes: { Id: secretArn },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    arn: buildArn('sqs', ''),
    ref: awsQueueUrl,
    attributes: { QueueName: sameName, QueueUrl: awsQueueUrl },
  },
  'AWS::S3::Bucket': { nameProperty: 'BucketName', arn: (name) => `arn:aws:s3:::${name}` },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', arn: buildArn('lambda', 'function:') },
  'AWS::Lambda::Alias': {
    nameProperty: 'Name',
    ownerProperty: 'FunctionName',
    arn: buildArn('lambda', 'function:'),
    ref: buildArn('lambda', 'function:'),
  },
  'AWS::Scheduler::Schedule': { nameProperty: 'Name', arn: buildArn('scheduler', 'schedule/default/') },
  'AWS::Lambda::EventSourceMapping': { nameProperty: 'Id', arn: buildArn('lambda', 'event-source-mapping:') },
};

/** Finds a type among those that the local stack runs. */
export const findRuntimeType = (type: string): RuntimeType | undefined =>
  Object.hasOwn(runtimeTypes, type) ? runtimeTypes[type] : undefined;

/**
 * The types that have no meaning on one machine: permissions, monitoring, keys, archives, versions, of which there is
 * one, and the way to the console, which the local stack serves itself.
 */
const ignoredTypes = new Set([
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolResourceServer',
  'AWS::Events::Archive',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'Custom::CDKBucketDeployment',
]);

/** Checks that a type is in one of the two lists: otherwise it would be left out silently. @throws LocalStackError */
export const checkType = ({ stack, logicalId, type }: Resource): void => {
  if (Object.hasOwn(runtimeTypes, type) || ignoredTypes.has(type)) return;
  throw new LocalStackError(
    'RESOURCE_UNSUPPORTED',
    `${stack}/${logicalId} is a ${type}, which the local stack neither runs nor knows to ignore; ` +
      `it runs ${Object.keys(runtimeTypes).join(', ')}`,
  );
};

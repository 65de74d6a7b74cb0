import { join, resolve } from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type IVersion,
  type RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { type ICommandHooks, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { alarmOnErrors } from './alarms.ts';
import { metricNamespaceOf } from './own-metric.ts';
import { OwnRole } from './own-role.ts';

const projectRoot = resolve(import.meta.dirname, '../..');
const environmentCredentials = join(import.meta.dirname, 'environment-credentials.ts');

export interface SluiceFunctionProps {
  /** The function's folder under `functions/`, and its service name in logs and metrics: `score-leads`. */
  readonly service: string;

  /**
   * Environment variables beside those that every function gets.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Further commands around bundling, such as to copy a file beside the bundle.
   *
   * @default - none
   */
  readonly commandHooks?: ICommandHooks;

  /**
   * Memory in MB. CPU is proportional to it, so less memory makes an invocation longer rather than cheaper.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /** @default - 30 seconds */
  readonly timeout?: Duration;

  /**
   * Whether Lambda stops the function if it seems to send messages to itself without end.
   *
   * @default - it does
   */
  readonly recursiveLoop?: RecursiveLoop;

  readonly logRetention: RetentionDays;
}

/** A handler under `functions/` as a Lambda function that may only log and trace until it is granted more. */
export class SluiceFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly role: Role;
  /** The alias that everything invokes. A deployment moves it to the new version. */
  readonly live: Alias;
  readonly timeout: Duration;
  readonly service: string;
  /** In MB. */
  readonly memorySize: number;

  constructor(scope: Construct, id: string, props: SluiceFunctionProps) {
    super(scope, id);
    this.timeout = props.timeout ?? Duration.seconds(30);
    this.service = props.service;
    this.memorySize = props.memorySize ?? 512;

    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      // Logs hold no business data, so nothing is lost with them.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = ownRole(this);
    logGroup.grantWrite(this.role);

    this.lambda = new NodejsFunction(this, 'Function', {
      entry: join(projectRoot, 'functions', props.service, 'handler.ts'),
      // A fifth cheaper than x86_64 for the same work; nothing native is bundled.
      architecture: Architecture.ARM_64,
      runtime: Runtime.NODEJS_24_X,
      memorySize: this.memorySize,
      timeout: this.timeout,
      role: this.role,
      logGroup,
      ...(props.recursiveLoop && { recursiveLoop: props.recursiveLoop }),
      tracing: Tracing.ACTIVE,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.service,
        POWERTOOLS_METRICS_NAMESPACE: metricNamespaceOf(this),
        LOG_LEVEL: 'INFO',
        // The user agent of every call, and so CloudTrail, names the function. Powertools would append
        // a mark of its own unless `PTEnv` is there, and the SDK warns at each call of more than 50 characters.
        AWS_SDK_UA_APP_ID: `${props.service}/PTEnv/`,
        ...props.environment,
      },
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      bundling: {
        format: OutputFormat.ESM,
        minify: true,
        logLevel: LogLevel.WARNING,
        mainFields: ['module', 'main'],
        // The SDK in the bundle loads faster than the one in the runtime, and is the one that was tested.
        externalModules: [],
        esbuildArgs: {
          '--alias:@aws-sdk/credential-provider-node': environmentCredentials,
        },
        // Some dependencies are CommonJS and call `require`, which an ES module doesn't have.
        banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
        ...(props.commandHooks && { commandHooks: props.commandHooks }),
      },
    });
    // The CDK's own types disagree about `undefined` under exactOptionalPropertyTypes, hence `as`.
    const version = this.lambda.currentVersion as IVersion;
    this.live = new Alias(this, 'Live', { aliasName: 'live', version });
    alarmOnErrors(this.lambda);
  }
}

/**
 * Creates the role of the function, with the right to write to its own log group. AWS's managed policy would let it
 * write to every log group.
 */
const ownRole = (scope: Construct): Role => {
  const role = new OwnRole(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'X-Ray takes no resource for PutTraceSegments and PutTelemetryRecords; a test holds these two to be the ' +
      'only actions on every resource.',
  });
  return role;
};

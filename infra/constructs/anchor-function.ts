import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, Grant, type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  type ScheduleTargetConfig,
} from 'aws-cdk-lib/aws-scheduler';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmOnDeadLetters } from './alarms.ts';
import { QueueDestination } from './queue-destination.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface AnchorFunctionProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;
  readonly anchors: Bucket;
}

const service = 'anchor-heads';

/** All that the function writes lies below it; see shared/ledger/audit/manifest.ts. */
const prefix = 'anchors/';

/** Tried again for a quarter of a day; then there still is time to look after it before a day is missed. */
const mostAge = Duration.hours(6);

/**
 * Writes every day down where each ledger ends. A run that fails is tried again, twice by Lambda, and then told by a
 * message in `missedRuns`: there is nothing to send on, since the next run, or `sluice audit anchor`, does it all.
 */
export class AnchorFunction extends Construct {
  readonly function: SluiceFunction;
  readonly missedRuns: Queue;

  constructor(scope: Construct, id: string, { leads, anchors, logRetention }: AnchorFunctionProps) {
    super(scope, id);
    this.missedRuns = new Queue(this, 'MissedRuns', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.missedRuns).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is itself where failed runs end, of the schedule and of the function, and nobody works it off.',
    });
    this.function = new SluiceFunction(this, 'Handler', {
      service,
      logRetention,
      environment: { LEADS_TABLE: leads.tableName, ANCHORS_BUCKET: anchors.bucketName },
      // It reads the whole table.
      timeout: Duration.minutes(15),
    });
    const { lambda } = this.function;
    const live = this.function.live as IFunction;
    live.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: mostAge,
      onFailure: new QueueDestination(this.missedRuns),
    });
    grantAnchoring(lambda, leads, anchors);
    new Schedule(this, 'Daily', {
      description: 'Anchors the heads of all ledgers',
      schedule: ScheduleExpression.cron({ minute: '17', hour: '3' }),
      target: new FunctionTarget(live, scheduleRole(this, live, this.missedRuns), this.missedRuns),
    });
    alarmOnDeadLetters(
      this.missedRuns,
      'The heads of the ledgers were not anchored, though it was tried again. Find the cause in the log of the ' +
        'function, mend it, run `sluice audit anchor`, then purge this queue: nothing in it needs to be sent on.',
    );
    alarmOnSilence(this);
  }
}

/** Reading the table, and writing below the prefix; neither changing nor deleting anything. */
const grantAnchoring = (grantee: IFunction, leads: TableV2, anchors: Bucket): void => {
  const allow = (resource: string, ...actions: string[]) =>
    Grant.addToPrincipal({ grantee, actions, resourceArns: [resource] });
  allow(leads.tableArn, 'dynamodb:Scan');
  allow(anchors.arnForObjects(`${prefix}*`), 's3:PutObject', 's3:GetObject');
  Grant.addToPrincipal({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [anchors.bucketArn],
    conditions: { StringLike: { 's3:prefix': [`${prefix}*`] } },
  });
};

/** The CDK's own target would allow the scheduler to invoke every version and alias. */
const scheduleRole = (scope: Construct, fn: IFunction, missedRuns: IQueue): Role => {
  const { account } = Stack.of(scope);
  const role = new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
  const allow = (action: string, resource: string) =>
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [action], resources: [resource] }));
  allow('lambda:InvokeFunction', fn.functionArn);
  allow('sqs:SendMessage', missedRuns.queueArn);
  return role;
};

class FunctionTarget implements IScheduleTarget {
  readonly #config: ScheduleTargetConfig;

  constructor(fn: IFunction, role: IRole, missedRuns: IQueue) {
    this.#config = {
      arn: fn.functionArn,
      role,
      deadLetterConfig: { arn: missedRuns.queueArn },
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: mostAge.toSeconds() },
    };
  }

  bind(): ScheduleTargetConfig {
    return this.#config;
  }
}

/** Says so where all is silent: a schedule that was taken away fails nowhere. */
const alarmOnSilence = (scope: Construct): Alarm =>
  new Alarm(scope, 'SilenceAlarm', {
    metric: new Metric({
      namespace: 'Sluice',
      metricName: 'AnchorsWritten',
      dimensionsMap: { service },
      statistic: 'Sum',
      period: Duration.hours(1),
    }),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 26,
    treatMissingData: TreatMissingData.BREACHING,
    alarmDescription:
      'For 26 hours no heads of ledgers were anchored, as they are each day: what is rewritten from now on could ' +
      'not be proven. Look at the schedule, at the log of the function and at its errors, then run ' +
      '`sluice audit anchor`. Right after the first deployment, that is all there is to do.',
  });

import { Duration, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { anchorPrefix } from '../../shared/keys/index.ts';
import { alarmOnDeadLetters } from './alarms.ts';
import { grantReadingAnchors } from './anchor-grants.ts';
import { alarmOnSilence } from './create-alarm.ts';
import { FunctionTarget } from './function-target.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { ownMetric } from './own-metric.ts';
import { QueueDestination } from './queue-destination.ts';
import { safeQueue } from './safe-queue.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface AnchorFunctionProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;
  readonly anchors: Bucket;
}

const service = 'anchor-heads';

/** The scheduler retries for a quarter of a day. That leaves time to look after a failure before a day is missed. */
const mostAge = Duration.hours(6);

/**
 * Writes down every day where each ledger ends. Lambda retries a failed run twice and then puts a message into
 * `missedRuns`. The message only triggers an alarm and is not sent on: the next run, or `sluice audit anchor`, does all
 * the work.
 */
export class AnchorFunction extends Construct {
  readonly function: SluiceFunction;
  readonly missedRuns: Queue;

  constructor(scope: Construct, id: string, { leads, anchors, logRetention }: AnchorFunctionProps) {
    super(scope, id);
    this.missedRuns = safeQueue(this, 'MissedRuns', anchors.encryptionKey, {
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
    // An alias is a function; only exactOptionalPropertyTypes sees a difference in their optional properties.
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
      target: new FunctionTarget(this, {
        fn: live,
        deadLetters: this.missedRuns,
        retryAttempts: 185,
        maxAge: mostAge,
      }),
    });
    alarmOnDeadLetters(
      this.missedRuns,
      'missed-anchors',
      'The heads of the ledgers were not anchored, despite retries. Find the cause in the log of the function, ' +
        'fix it, run `sluice audit anchor`, then purge this queue: nothing in it needs to be sent on.',
    );
    // A schedule that was removed raises no error.
    alarmOnSilence(this, 'SilenceAlarm', {
      section: 'no-anchors',
      metric: ownMetric(this, service, 'AnchorsWritten', { period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: 26,
      alarmDescription:
        'For 26 hours no heads of ledgers were anchored, although they should be every day: without anchors, later ' +
        'changes to ledgers cannot be proven. Look at the schedule, at the log of the function and at its errors, ' +
        'then run `sluice audit anchor`. Right after the first deployment, run just that.',
    });
  }
}

/** Allows reading the heads in the table and writing below the prefix, without changing or deleting anything. */
const grantAnchoring = (grantee: IFunction, leads: TableV2, anchors: Bucket): void => {
  grantReading(leads, grantee, 'Scan', leadAttributes.anchorHeads.read);
  Grant.addToPrincipal({
    grantee,
    actions: ['s3:PutObject'],
    resourceArns: [anchors.arnForObjects(`${anchorPrefix}*`)],
  });
  grantReadingAnchors(grantee, anchors);
  grantKey(anchors.encryptionKey, grantee, 'tables', 'writingObjects');
};

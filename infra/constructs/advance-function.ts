import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { clockKey, dueIndex } from '../../shared/keys/index.ts';
import { alarmOnSilence, createAlarm, periodOfMinutes } from './create-alarm.ts';
import { FunctionTarget } from './function-target.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantChanging, grantIndex, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { ownMetric } from './own-metric.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface AdvanceFunctionProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;

  /** The queues of the functions that follow what is due. */
  readonly queues: Readonly<Record<'leads' | 'handoffs' | 'nurtures', Queue>>;

  /**
   * The key that encrypts the table and the queues.
   *
   * @default - keys of AWS
   */
  readonly key: IKey | undefined;
}

const service = 'advance-leads';

/** The lag at which the alarm goes off: six runs. */
const lagLimit = Duration.minutes(30);

/**
 * Sends, every five minutes, a message for everything that is due. A failed run isn't retried and leaves nothing
 * behind: what it didn't send is still in the index, and the next run comes soon. Its concurrency isn't reserved, since
 * two runs at once do no harm, and small accounts have none to reserve.
 */
export class AdvanceFunction extends Construct {
  readonly function: SluiceFunction;

  constructor(scope: Construct, id: string, { leads, queues, key, logRetention }: AdvanceFunctionProps) {
    super(scope, id);
    this.function = new SluiceFunction(this, 'Handler', {
      service,
      logRetention,
      environment: {
        LEADS_TABLE: leads.tableName,
        LEAD_QUEUE_URL: queues.leads.queueUrl,
        HANDOFF_QUEUE_URL: queues.handoffs.queueUrl,
        NURTURE_QUEUE_URL: queues.nurtures.queueUrl,
      },
      // A run sends nothing more after half of this.
      timeout: Duration.minutes(2),
    });
    const { lambda } = this.function;
    // An alias is a function; only exactOptionalPropertyTypes sees a difference in their optional properties.
    const live = this.function.live as IFunction;
    live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(2) });
    grantAdvancing(lambda, leads);
    Grant.addToPrincipal({
      grantee: lambda,
      actions: ['sqs:SendMessage'],
      resourceArns: Object.values(queues).map(({ queueArn }) => queueArn),
    });
    grantKey(key, lambda, 'tables', 'sending');
    new Schedule(this, 'EveryFiveMinutes', {
      description: 'Sends what is due',
      // Not a rate, which would begin at any second: most instants are whole hours, and are due within a minute or two.
      schedule: ScheduleExpression.cron({ minute: '1/5' }),
      target: new FunctionTarget(this, { fn: live, retryAttempts: 0, maxAge: Duration.minutes(1) }),
    });
    this.#alarms();
  }

  #alarms(): void {
    createAlarm(this, 'LagAlarm', {
      section: 'clock-behind',
      metric: ownMetric(this, service, 'ClockLagSeconds', { statistic: 'Maximum', ...periodOfMinutes(5) }),
      threshold: lagLimit.toSeconds(),
      evaluationPeriods: 2,
      alarmDescription:
        `In two runs something was still due ${lagLimit.toMinutes()} minutes after its time. More is due than a run ` +
        'sends, or the function that follows it does not: look at the errors of both, and at the age of the oldest ' +
        'message of its queue.',
    });
    alarmOnSilence(this, 'SilenceAlarm', {
      section: 'no-clock',
      metric: ownMetric(this, service, 'ClockRuns', periodOfMinutes(5)),
      threshold: 1,
      evaluationPeriods: 4,
      alarmDescription:
        'For 20 minutes nobody has looked what is due, although that should happen every five: scores do not decay, ' +
        'and deadlines pass unnoticed. Nothing is lost, and the next run catches up. Look at the schedule, at the log ' +
        'of the function and at its errors. Right after the first deployment, wait 20 minutes.',
    });
  }
}

/** Allows reading what is due and which leads have no due time, and noting how far the clock has come. */
const grantAdvancing = (grantee: IFunction, leads: TableV2): void => {
  const { scan, read, update } = leadAttributes.advanceLeads;
  grantIndex(leads, dueIndex.name, grantee);
  grantReading(leads, grantee, 'Scan', scan);
  grantReading(leads, grantee, 'BatchGetItem', read, clockKey.pk);
  grantChanging(leads, grantee, 'UpdateItem', update, clockKey.pk);
};

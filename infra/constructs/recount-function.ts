import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { funnelPartitions, recountKey } from '../../shared/keys/index.ts';
import { alarmOnSilence, createAlarm } from './create-alarm.ts';
import { FunctionTarget } from './function-target.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantChanging, grantCounters, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { ownMetric } from './own-metric.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface RecountFunctionProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;

  /**
   * The key that encrypts the table.
   *
   * @default - a key of AWS
   */
  readonly key: IKey | undefined;
}

const service = 'recount-funnel';

/**
 * Recounts the funnel once a day. It is woken every hour: a run that was out of time, or failed, is carried on an hour
 * later, and one that finds the recount of the day done does nothing. So a failed run isn't retried.
 */
export class RecountFunction extends Construct {
  readonly function: SluiceFunction;

  constructor(scope: Construct, id: string, { leads, key, logRetention }: RecountFunctionProps) {
    super(scope, id);
    this.function = new SluiceFunction(this, 'Handler', {
      service,
      logRetention,
      environment: { LEADS_TABLE: leads.tableName },
      // A run reads nothing more after two thirds of this.
      timeout: Duration.minutes(15),
    });
    const { lambda } = this.function;
    // An alias is a function; only exactOptionalPropertyTypes sees a difference in their optional properties.
    const live = this.function.live as IFunction;
    live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(30) });
    grantRecounting(lambda, leads);
    grantKey(key, lambda, 'tables');
    new Schedule(this, 'Hourly', {
      description: 'Recounts the funnel, once a day',
      schedule: ScheduleExpression.cron({ minute: '37' }),
      target: new FunctionTarget(this, {
        fn: live,
        input: { isDaily: true },
        retryAttempts: 0,
        maxAge: Duration.minutes(1),
      }),
    });
    this.#alarms();
  }

  #alarms(): void {
    const hourly = { period: Duration.hours(1) };
    const once = { threshold: 1, evaluationPeriods: 1 };
    createAlarm(this, 'RepairedAlarm', {
      section: 'funnel-wrong',
      metric: ownMetric(this, service, 'FunnelLeadsRepaired', hourly),
      ...once,
      alarmDescription:
        'The recount found leads that the funnel counted in a place where they are not, and counted them anew: the ' +
        'counts are right again. An announcement of each was lost or is very late. Look at the dead letters and the ' +
        'backlog of count-funnel first.',
    });
    createAlarm(this, 'DifferenceAlarm', {
      section: 'funnel-wrong',
      metric: ownMetric(this, service, 'FunnelDifference', hourly),
      ...once,
      alarmDescription:
        'The counters of the funnel are not the sum of its leads, although both change in one transaction: something ' +
        'else wrote the table. If nothing moved meanwhile they were corrected; otherwise recount at a quiet moment.',
    });
    alarmOnSilence(this, 'SilenceAlarm', {
      section: 'no-recount',
      metric: ownMetric(this, service, 'FunnelRecounts', hourly),
      threshold: 1,
      evaluationPeriods: 26,
      alarmDescription:
        'For 26 hours no recount of the funnel came to its end, although one should every day. The funnel is counted ' +
        'all the same, but nobody checks it. Look at the schedule, at the log of the function and at its errors, then ' +
        'run `sluice funnel recount`. Right after the first deployment, run just that.',
    });
  }
}

/** Allows reading the standing of all leads, and changing what was counted of them, the counters and the progress. */
const grantRecounting = (grantee: IFunction, leads: TableV2): void => {
  const { read, update, progress } = leadAttributes.recountFunnel;
  grantReading(leads, grantee, 'Scan', read);
  grantReading(leads, grantee, 'BatchGetItem', read);
  grantReading(leads, grantee, 'BatchGetItem', progress, recountKey.pk);
  grantCounters(leads, grantee, 'BatchGetItem', funnelPartitions);
  grantChanging(leads, grantee, 'UpdateItem', update);
  grantChanging(leads, grantee, 'UpdateItem', progress, recountKey.pk);
  grantCounters(leads, grantee, 'UpdateItem', funnelPartitions);
};

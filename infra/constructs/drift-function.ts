import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { driftPartition, funnelPartitions, modelPointerKey } from '../../shared/keys/index.ts';
import { createAlarm } from './create-alarm.ts';
import { FunctionTarget } from './function-target.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantChanging, grantCounters, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { ownMetric } from './own-metric.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface DriftFunctionProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;

  /**
   * The key that encrypts the table.
   *
   * @default - a key of AWS
   */
  readonly key: IKey | undefined;
}

const service = 'check-drift';

/**
 * Compares the leads and outcomes of each month with those before. It is woken every day: a run that failed is made up for
 * on the next day, and one that finds the check of the month done does nothing. So a failed run isn't retried.
 */
export class DriftFunction extends Construct {
  readonly function: SluiceFunction;

  constructor(scope: Construct, id: string, { leads, key, logRetention }: DriftFunctionProps) {
    super(scope, id);
    this.function = new SluiceFunction(this, 'Handler', {
      service,
      logRetention,
      environment: { LEADS_TABLE: leads.tableName },
      // A run reads nothing more after eight minutes.
      timeout: Duration.minutes(15),
    });
    const { lambda } = this.function;
    // An alias is a function; only exactOptionalPropertyTypes sees a difference in their optional properties.
    const live = this.function.live as IFunction;
    live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.hours(1) });
    grantChecking(lambda, leads);
    grantKey(key, lambda, 'tables');
    new Schedule(this, 'Daily', {
      description: 'Checks the active model for drift, once a month',
      schedule: ScheduleExpression.cron({ minute: '17', hour: '3' }),
      target: new FunctionTarget(this, {
        fn: live,
        input: { isMonthly: true },
        retryAttempts: 0,
        maxAge: Duration.minutes(1),
      }),
    });
    createAlarm(this, 'FoundAlarm', {
      section: 'model-drifted',
      metric: ownMetric(this, service, 'DriftFindings', { period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription:
        'Leads or their outcomes differ from those that the active model was compared with before. `sluice drift` says ' +
        'what moved, how sure that is and what to do: move the tiers, or calibrate the model again. Leads are scored as ' +
        'ever meanwhile.',
    });
  }
}

/** Allows reading facts and how leads stood, the active model and the counters, and storing checks. */
const grantChecking = (grantee: IFunction, leads: TableV2): void => {
  const { scan, readEntry, readPointer, readModel, check } = leadAttributes.checkDrift;
  grantReading(leads, grantee, 'Scan', scan);
  grantReading(leads, grantee, 'Query', readEntry);
  grantReading(leads, grantee, 'Query', check, driftPartition);
  grantReading(leads, grantee, 'BatchGetItem', readPointer, modelPointerKey.pk);
  grantReading(leads, grantee, 'BatchGetItem', readModel);
  grantCounters(leads, grantee, 'BatchGetItem', funnelPartitions);
  grantChanging(leads, grantee, 'UpdateItem', check, driftPartition);
};

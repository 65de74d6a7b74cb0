import { Duration } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { alarmOnSilence, periodOfMinutes } from './create-alarm.ts';
import { grantCanary } from './event-grants.ts';
import { FunctionTarget } from './function-target.ts';
import { ownMetric } from './own-metric.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface CanaryFunctionProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly bus: EventBus;
}

/**
 * Sends a canary lead every five minutes. A failed run isn't retried and leaves nothing behind: the next one comes
 * soon, and the alarm is on the missing announcement at the other end.
 */
export class CanaryFunction extends Construct {
  readonly function: SluiceFunction;

  constructor(scope: Construct, id: string, { bus, logRetention }: CanaryFunctionProps) {
    super(scope, id);
    this.function = new SluiceFunction(this, 'Handler', {
      service: 'send-canary',
      logRetention,
      environment: { BUS_NAME: bus.eventBusName },
    });
    // An alias is a function; only exactOptionalPropertyTypes sees a difference in their optional properties.
    const live = this.function.live as IFunction;
    live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(2) });
    grantCanary(bus, this.function.lambda);
    new Schedule(this, 'EveryFiveMinutes', {
      description: 'Sends the canary',
      // Not a rate, which would begin at any second: a run may be 3 minutes late and is still in its slot of 5.
      schedule: ScheduleExpression.cron({ minute: '2/5' }),
      target: new FunctionTarget(this, { fn: live, retryAttempts: 0, maxAge: Duration.minutes(1) }),
    });
    alarmOnSilence(this, 'SilenceAlarm', {
      section: 'no-canary',
      metric: ownMetric(this, 'time-canary', 'CanariesReturned', periodOfMinutes(5)),
      threshold: 1,
      evaluationPeriods: 3,
      alarmDescription:
        'For 15 minutes no canary returned: three should have been sent, and no announcement of them arrived. Other ' +
        'events may be delayed in the same way. Find out how far the last canary got. Right after the first ' +
        'deployment, wait a quarter of an hour.',
    });
  }
}

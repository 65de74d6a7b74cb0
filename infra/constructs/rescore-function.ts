import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { activationPattern } from '../../events/index.ts';
import { rescoringPartition } from '../../shared/keys/index.ts';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantChanging, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { ownMetric } from './own-metric.ts';
import { QueueFunction, type QueueFunctionOptions } from './queue-function.ts';
import { QueueScheduleTarget } from './queue-schedule-target.ts';

export interface RescoreFunctionProps extends Pick<QueueFunctionOptions, 'logRetention'> {
  readonly bus: EventBus;
  readonly leads: TableV2;

  /** The queue of `score-leads`. */
  readonly scoring: Queue;

  /**
   * The key that encrypts the table and the queues.
   *
   * @default - keys of AWS
   */
  readonly key: IKey | undefined;
}

const service = 'rescore-leads';

/** The time without progress after which the alarm goes off. */
const idleLimit = Duration.minutes(15);

/**
 * Has leads rescored after a model was activated. An activation wakes it, and so does a schedule every minute: what a
 * lost message leaves behind is found by that. It sends itself a message for each page of the table.
 */
export class RescoreFunction extends QueueFunction {
  constructor(scope: Construct, id: string, props: RescoreFunctionProps) {
    const { bus, leads, scoring, key, logRetention } = props;
    super(scope, id, {
      service,
      memorySize: 256,
      logRetention,
      environment: { LEADS_TABLE: leads.tableName, SCORING_QUEUE_URL: scoring.queueUrl },
      bus,
      key,
      patterns: { Activated: activationPattern },
      // Each page is a message, and the next one follows it.
      batchWindow: Duration.seconds(0),
      maxConcurrency: 4,
      // It sends itself a message for each page of the table: that is no loop.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    const { lambda } = this.function;
    const { queue } = this.source;
    lambda.addEnvironment('RESCORE_QUEUE_URL', queue.queueUrl);
    grantRescoring(lambda, leads);
    grantSending(lambda, scoring, queue);
    grantKey(key, lambda, 'tables', 'sending');
    new Schedule(this, 'EveryMinute', {
      description: 'Carries on the rescoring of leads',
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: new QueueScheduleTarget(this, { queue, message: {}, maxAge: Duration.minutes(1) }),
    });
    this.#alarms();
  }

  #alarms(): void {
    createAlarm(this, 'StalledAlarm', {
      section: 'rescoring-stalled',
      metric: ownMetric(this, service, 'RescoringIdleSeconds', {
        statistic: 'Maximum',
        ...periodOfMinutes(1),
      }),
      threshold: idleLimit.toSeconds(),
      // The first minute after a pause says how long the pause was.
      evaluationPeriods: 3,
      alarmDescription:
        `A rescoring is running, and for ${idleLimit.toMinutes()} minutes no page of the table was read. Leads that ` +
        'the model before has judged keep their scores until their next event. Look at the errors and at the dead ' +
        'letters of the function; `sluice rescore status` shows how far it is.',
    });
    createAlarm(this, 'LeftAlarm', {
      section: 'leads-not-rescored',
      metric: ownMetric(this, service, 'RescoringLeadsLeft', periodOfMinutes(1)),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription:
        'A rescoring gave up: pass after pass it found leads that the active model does not judge, although their ' +
        'rescoring was requested. Look at the dead letters and the backlog of score-leads, then run `sluice rescore ' +
        'start`.',
    });
  }
}

/** Allows reading which model has judged each lead, and reading and changing how far the rescoring has come. */
const grantRescoring = (grantee: IFunction, leads: TableV2): void => {
  const { scan, read, update } = leadAttributes.rescoreLeads;
  grantReading(leads, grantee, 'Scan', scan);
  grantReading(leads, grantee, 'Query', read, rescoringPartition);
  grantChanging(leads, grantee, 'UpdateItem', update, rescoringPartition);
};

const grantSending = (grantee: IGrantable, ...queues: readonly Queue[]): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['sqs:SendMessage'],
    resourceArns: queues.map(({ queueArn }) => queueArn),
  });

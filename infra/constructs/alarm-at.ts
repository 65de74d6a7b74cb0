import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Sections of docs/runbook.md, by their anchors: each is about the alarms of one kind. */
export type RunbookSection =
  | 'dead-letters'
  | 'undeliverable-events'
  | 'lost-events'
  | 'unreadable-events'
  | 'backlog'
  | 'failed-invocations'
  | 'failed-deployments'
  | 'throttled-functions'
  | 'throttled-tables'
  | 'stream-behind'
  | 'failed-records'
  | 'records-dropped'
  | 'announcements-refused'
  | 'conflicts'
  | 'quarantine'
  | 'missed-anchors'
  | 'no-anchors'
  | 'no-canary';

export interface Limit extends Pick<AlarmProps, 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm'> {
  readonly metric: IMetric;
  /** What it means and what to do first; it is all that who is woken up by it gets to see. */
  readonly alarmDescription: string;
  /** Where the rest is written. */
  readonly section: RunbookSection;
}

/** The period of a metric, as its properties take it. */
export const periodOfMinutes = (count: number): { readonly period: Duration } => ({
  period: Duration.minutes(count),
});

const described = ({ alarmDescription, section }: Limit): string =>
  `${alarmDescription} See docs/runbook.md#${section}.`;

/** Alarms at or above the threshold. Where nothing runs there is nothing to measure, and all is well. */
export const alarmAt = (scope: Construct, id: string, limit: Limit): Alarm => {
  const { section: _section, ...props } = limit;
  return new Alarm(scope, id, {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...props,
    alarmDescription: described(limit),
  });
};

/** Alarms where less than the threshold is heard, also if nothing at all is. */
export const alarmOnSilence = (scope: Construct, id: string, limit: Limit): Alarm => {
  const { section: _section, ...props } = limit;
  return new Alarm(scope, id, {
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
    ...props,
    alarmDescription: described(limit),
  });
};

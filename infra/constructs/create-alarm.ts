import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** The sections of docs/runbook.md, by their anchors. Each section covers the alarms of one kind. */
export type RunbookSection =
  | 'dead-letters'
  | 'undeliverable-events'
  | 'lost-events'
  | 'unreadable-events'
  | 'backlog'
  | 'failed-invocations'
  | 'failed-requests'
  | 'failed-deployments'
  | 'throttled-functions'
  | 'throttled-tables'
  | 'stream-behind'
  | 'failed-records'
  | 'records-dropped'
  | 'announcements-refused'
  | 'refused-erasures'
  | 'conflicts'
  | 'quarantine'
  | 'missed-anchors'
  | 'no-anchors'
  | 'no-canary'
  | 'clock-behind'
  | 'no-clock'
  | 'funnel-wrong'
  | 'model-drifted'
  | 'no-recount'
  | 'rescoring-stalled'
  | 'leads-not-rescored'
  | 'silent-source'
  | 'missing-changes'
  | 'refused-webhooks'
  | 'unmapped-payloads'
  | 'paused-deliveries'
  | 'failed-deliveries'
  | 'undelivered-erasures';

export interface Limit extends Pick<AlarmProps, 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm'> {
  readonly metric: IMetric;
  /** The meaning of the alarm and the first thing to do. The engineer on call sees nothing else at first. */
  readonly alarmDescription: string;
  /** The section of the runbook with the details. */
  readonly section: RunbookSection;
}

/** Returns the period of a metric in the form that its properties take. */
export const periodOfMinutes = (count: number): { readonly period: Duration } => ({
  period: Duration.minutes(count),
});

const described = ({ alarmDescription, section }: Limit): string =>
  `${alarmDescription} See docs/runbook.md#${section}.`;

/**
 * Creates an alarm at or above a threshold. Missing data counts as healthy: nothing ran, so there was nothing to
 * measure.
 */
export const createAlarm = (scope: Construct, id: string, limit: Limit): Alarm => {
  const { section: _section, ...props } = limit;
  return new Alarm(scope, id, {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...props,
    alarmDescription: described(limit),
  });
};

/** Creates an alarm that goes off below a threshold, and also if there is no data at all. */
export const alarmOnSilence = (scope: Construct, id: string, limit: Limit): Alarm => {
  const { section: _section, ...props } = limit;
  return new Alarm(scope, id, {
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
    ...props,
    alarmDescription: described(limit),
  });
};

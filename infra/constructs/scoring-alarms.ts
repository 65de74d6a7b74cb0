import { type Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from './create-alarm.ts';
import { ownMetric } from './own-metric.ts';

/** Creates an alarm on conflicts. Each one is a transaction that was paid for and wrote nothing. */
export const alarmOnConflicts = (scope: Construct): Alarm =>
  createAlarm(scope, 'ConflictsAlarm', {
    section: 'conflicts',
    metric: new MathExpression({
      label: 'Conflicts for a hundred leads scored',
      expression: 'IF(leads > 0, 100 * FILL(conflicts, 0) / leads, 0)',
      usingMetrics: {
        conflicts: ownMetric(scope, 'score-leads', 'Conflicts'),
        leads: ownMetric(scope, 'score-leads', 'LeadsScored'),
      },
      ...periodOfMinutes(5),
    }),
    threshold: 20,
    evaluationPeriods: 3,
    alarmDescription:
      'For 15 minutes one in five leads scored, or more, had a conflict with another writer: a fifth of the write ' +
      'units is wasted. Few leads get most of the events: look for a producer that repeats itself, then at the ' +
      'concurrency.',
  });

/**
 * Creates an alarm on the share of quarantined events. Single ones can wait for the daily look; a tenth of the input
 * means that a producer has changed.
 */
export const alarmOnQuarantine = (scope: Construct): Alarm =>
  createAlarm(scope, 'QuarantineAlarm', {
    section: 'quarantine',
    metric: new MathExpression({
      label: 'Events quarantined in percent',
      expression: 'IF(quarantined >= 10, 100 * quarantined / received, 0)',
      usingMetrics: {
        quarantined: ownMetric(scope, 'score-leads', 'EventsQuarantined'),
        received: ownMetric(scope, 'score-leads', 'BatchSize'),
      },
      ...periodOfMinutes(5),
    }),
    threshold: 10,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    alarmDescription:
      'In 2 of 3 periods of 5 minutes, 10 % of the received events, and at least 10, were rejected. Nothing is lost: ' +
      'they are stored complete. List them by code and source, fix the producer or the contract, and replay them.',
  });

/**
 * Creates an alarm on announcements that the bus refuses. They are retried for six hours and then become failed
 * records: time to act before that.
 */
export const alarmOnRefusedAnnouncements = (scope: Construct): Alarm =>
  createAlarm(scope, 'RefusedAlarm', {
    section: 'announcements-refused',
    metric: ownMetric(scope, 'publish-changes', 'AnnouncementsFailed', periodOfMinutes(5)),
    threshold: 1,
    evaluationPeriods: 3,
    alarmDescription:
      'For 15 minutes the bus has refused announcements, singly or with their whole request. They are retried with ' +
      'the same ids; until then no consumer gets the changes. Look at the quota of PutEvents and the policy of the ' +
      'bus.',
  });

/** Creates an alarm on the first announced erasure of a lead that is not erased: Sluice announces none. */
export const alarmOnRefusedErasures = (scope: Construct): Alarm =>
  createAlarm(scope, 'RefusedErasuresAlarm', {
    section: 'refused-erasures',
    metric: ownMetric(scope, 'erase-lead', 'ErasuresRefused', periodOfMinutes(5)),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'The erasure of a lead was announced that is not erased. Nothing was removed. Somebody may send to the queue of ' +
      'erase-lead, invoke it, put events under the source sluice or write to the table, who should not: find out who.',
  });

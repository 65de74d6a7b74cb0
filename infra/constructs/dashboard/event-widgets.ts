import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { ownMetric, ownMetricsBy } from '../own-metric.ts';
import { graph } from './graph.ts';

/** Returns the graphs of events: what came in, its outcome, and how leads moved. */
export const eventWidgets = (scope: IConstruct): IWidget[] => [
  graph('Events recorded, by type', ownMetricsBy(scope, 'score-leads', 'EventsRecorded'), { stacked: true }),
  graph('Events received, and not recorded', [
    ownMetric(scope, 'score-leads', 'BatchSize', { label: 'received' }),
    ownMetric(scope, 'score-leads', 'EventsDuplicate', { label: 'duplicates' }),
    ownMetric(scope, 'score-leads', 'EventsWithheld', { label: 'of erased leads' }),
    ownMetric(scope, 'score-leads', 'EventsQuarantined', { label: 'quarantined' }),
  ]),
  graph('Events quarantined, by reason', ownMetricsBy(scope, 'score-leads', 'EventsQuarantinedBy'), {
    stacked: true,
  }),
  graph('Tier flows, from and to', ownMetricsBy(scope, 'score-leads', 'TierChanges'), { stacked: true }),
  graph('Announcements, by type', ownMetricsBy(scope, 'publish-changes', 'Announced'), {
    stacked: true,
    right: [
      ownMetric(scope, 'publish-changes', 'AnnouncementsFailed', { label: 'refused by the bus (right)' }),
    ],
  }),
  graph('Nurture, hand-offs, erasures', [
    ownMetric(scope, 'start-nurture', 'NurtureFollowed', { label: 'nurture followed' }),
    ownMetric(scope, 'hand-off', 'HandoffsRequested', { label: 'hand-offs requested' }),
    ownMetric(scope, 'hand-off', 'HandoffsWithdrawn', { label: 'withdrawn' }),
    ownMetric(scope, 'hand-off', 'HandoffsAccepted', { label: 'accepted' }),
    ownMetric(scope, 'hand-off', 'HandoffsRejected', { label: 'rejected' }),
    ownMetric(scope, 'erase-lead', 'LeadsErased', { label: 'leads erased' }),
  ]),
];

import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { ownMetric } from '../own-metric.ts';
import { lostEvents, ruleMetric } from '../rule-alarms.ts';
import { graph } from './graph.ts';
import type { Watched } from './watched.ts';

/** Returns the graphs of delivery: whether events get through, how far behind they are, and what was given up. */
export const deliveryWidgets = (scope: IConstruct, { functions, streams, queues }: Watched): IWidget[] => [
  graph(
    'Age of the oldest message, seconds',
    queues.map(({ name, subscribed }) =>
      subscribed.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', label: name }),
    ),
  ),
  graph(
    'Iterator age of the streams, milliseconds',
    streams.map(({ function: { service, lambda } }) =>
      lambda.metric('IteratorAge', { statistic: 'Maximum', label: service }),
    ),
  ),
  graph(
    'Conflicts, and leads scored',
    [ownMetric(scope, 'score-leads', 'Conflicts', { label: 'conflicts' })],
    {
      right: [ownMetric(scope, 'score-leads', 'LeadsScored', { label: 'leads scored (right)' })],
    },
  ),
  graph(
    'Dead letters and undeliverable events',
    queues.flatMap(({ name, subscribed }) =>
      ([subscribed.deadLetters, subscribed.undeliverable] as const).map((queue) =>
        queue.metricApproximateNumberOfMessagesVisible({
          statistic: 'Maximum',
          label: `${name} ${queue.node.id}`,
        }),
      ),
    ),
  ),
  graph(
    'Events lost by rules',
    queues.flatMap(({ subscribed: { rules } }) =>
      rules.flatMap((rule) => lostEvents.map((name) => ruleMetric(rule, name))),
    ),
  ),
  graph(
    'Canary: round trip, milliseconds',
    [
      ownMetric(scope, 'time-canary', 'CanaryRoundTrip', { statistic: 'p50', label: 'p50' }),
      ownMetric(scope, 'time-canary', 'CanaryRoundTrip', { statistic: 'Maximum', label: 'maximum' }),
    ],
    {
      right: [
        ownMetric(scope, 'send-canary', 'CanariesSent', { label: 'sent (right)' }),
        ownMetric(scope, 'time-canary', 'CanariesReturned', { label: 'returned (right)' }),
        ownMetric(scope, 'time-canary', 'CanariesLate', { label: 'late (right)' }),
      ],
    },
  ),
  graph(
    'Errors and throttles of functions',
    functions.flatMap(({ service, lambda }) => [
      lambda.metricErrors({ label: `${service} errors` }),
      lambda.metricThrottles({ label: `${service} throttles` }),
    ]),
  ),
  graph(
    'Duration of functions, p50 and p99, milliseconds',
    functions.flatMap(({ service, lambda }) =>
      ['p50', 'p99'].map((statistic) =>
        lambda.metricDuration({ statistic, label: `${service} ${statistic}` }),
      ),
    ),
  ),
  graph(
    'Clock: what was due, and its lag',
    [
      ownMetric(scope, 'advance-leads', 'LeadsDue', { label: 'leads' }),
      ownMetric(scope, 'advance-leads', 'HandoffsDue', { label: 'hand-offs' }),
      ownMetric(scope, 'advance-leads', 'NurturesDue', { label: 'nurture tracks' }),
      ownMetric(scope, 'advance-leads', 'ClockFirstSweep', { label: 'leads without a due time' }),
      ownMetric(scope, 'advance-leads', 'ClockMessagesFailed', { label: 'not sent' }),
    ],
    {
      right: [
        ownMetric(scope, 'advance-leads', 'ClockLagSeconds', {
          statistic: 'Maximum',
          label: 'lag, seconds (right)',
        }),
      ],
    },
  ),
  graph(
    'Funnel: moves counted, and recounts',
    [
      ownMetric(scope, 'count-funnel', 'FunnelMovesCounted', { label: 'moves counted' }),
      ownMetric(scope, 'count-funnel', 'FunnelMovesAlreadyCounted', { label: 'counted before' }),
      ownMetric(scope, 'count-funnel', 'FunnelCountConflicts', { label: 'conflicts' }),
    ],
    {
      right: [
        ownMetric(scope, 'recount-funnel', 'FunnelRecounts', { label: 'recounts (right)' }),
        ownMetric(scope, 'recount-funnel', 'FunnelLeadsRepaired', { label: 'leads repaired (right)' }),
        ownMetric(scope, 'recount-funnel', 'FunnelDifference', { label: 'difference (right)' }),
      ],
    },
  ),
  graph(
    'Rescoring: requests, and segments that are done',
    [ownMetric(scope, 'rescore-leads', 'RescoringRequested', { label: 'requested' })],
    {
      right: [
        ownMetric(scope, 'rescore-leads', 'RescoringSegmentsDone', { label: 'segments done (right)' }),
        ownMetric(scope, 'rescore-leads', 'RescoringsDone', { label: 'done (right)' }),
        ownMetric(scope, 'rescore-leads', 'RescoringLeadsLeft', { label: 'leads left (right)' }),
      ],
    },
  ),
  graph(
    'Drift: leads and outcomes compared, and findings',
    [
      ownMetric(scope, 'check-drift', 'DriftLeadsCompared', { label: 'leads' }),
      ownMetric(scope, 'check-drift', 'DriftOutcomesCompared', { label: 'outcomes' }),
    ],
    {
      right: [
        ownMetric(scope, 'check-drift', 'DriftChecks', { label: 'checks (right)' }),
        ownMetric(scope, 'check-drift', 'DriftFindings', { label: 'findings (right)' }),
      ],
    },
  ),
  graph('Anchors', [ownMetric(scope, 'anchor-heads', 'AnchorsWritten', { label: 'runs' })], {
    right: [ownMetric(scope, 'anchor-heads', 'LeadsAnchored', { label: 'leads (right)' })],
  }),
];

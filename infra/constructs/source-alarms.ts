import { Duration } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Alarm, MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { alarmOnSilence, createAlarm, periodOfMinutes } from './create-alarm.ts';
import { doorMetric } from './door-alarms.ts';
import { ownMetric, ownMetricOf } from './own-metric.ts';

/**
 * The longest silence that an alarm can wait for. Its periods may cover seven days, if each is an hour or longer:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const mostSilentHours = 168;

export interface SilentSource {
  /** The name of the source. */
  readonly name: string;

  /** The silence in hours at which the alarm goes off, 1 to 168. */
  readonly silentAfterHours: number;

  /** The metric of what arrived from the source, which has no data while nothing does. */
  readonly arrived: Metric;
}

/**
 * Creates an alarm on a source from which nothing arrived for so many hours. It also goes off if nothing arrives after a
 * source was added, since then nobody knows yet whether it works.
 *
 * @throws Error if the alarm could not wait so long
 */
export const alarmOnSilentSource = (
  scope: Construct,
  { name, silentAfterHours, arrived }: SilentSource,
): Alarm => {
  if (!Number.isInteger(silentAfterHours) || silentAfterHours < 1 || silentAfterHours > mostSilentHours)
    throw new Error(
      `source ${name}: silentAfterHours: given ${silentAfterHours}; allowed is a whole number from 1 to ${mostSilentHours}`,
    );
  return alarmOnSilence(scope, `${name}SilenceAlarm`, {
    section: 'silent-source',
    metric: arrived.with({ period: Duration.hours(1), statistic: 'Sum' }),
    threshold: 1,
    evaluationPeriods: silentAfterHours,
    alarmDescription:
      `Nothing has arrived from the source ${name} for ${silentAfterHours} hours. The tool may have paused or ` +
      'disabled what it sends, or its credentials have run out: look at its own page of deliveries first, then at what ' +
      'came last with `sluice source list`.',
  });
};

/** Returns the metric of the webhooks that arrived from a source and were proved to be the source's. */
const webhooksOf = (scope: Construct, source: string): Metric =>
  ownMetricOf(scope, 'receive-webhooks', 'WebhooksReceived', source);

/** Creates an alarm for each source of webhooks that may not be silent. */
export const alarmOnSilentWebhooks = (
  scope: Construct,
  sources: readonly { readonly name: string; readonly silentAfterHours?: number | undefined }[],
): Alarm[] =>
  sources.flatMap(({ name, silentAfterHours }) =>
    silentAfterHours === undefined
      ? []
      : [alarmOnSilentSource(scope, { name, silentAfterHours, arrived: webhooksOf(scope, name) })],
  );

/** Creates an alarm on the first change that a vendor reports without saying what changed: only people can fetch it. */
export const alarmOnMissingChanges = (scope: Construct): Alarm =>
  createAlarm(scope, 'MissingChangesAlarm', {
    section: 'missing-changes',
    metric: ownMetric(scope, 'take-partner-events', 'ChangesMissing', periodOfMinutes(5)),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'Salesforce reported changes without their fields, so leads may be out of date. The events are in the quarantine as ' +
      'missing-changes; each says which records to fetch and to send whole.',
  });

/**
 * Creates an alarm on the share of webhooks that are refused. Anybody may send one that is: so it takes a majority of all
 * requests for two hours, which is more than a scan or a single stranger's request.
 */
export const alarmOnRefusedWebhooks = (scope: Construct, api: CfnApi): Alarm =>
  createAlarm(scope, 'RefusedWebhooksAlarm', {
    section: 'refused-webhooks',
    metric: new MathExpression({
      label: 'Webhooks refused in percent',
      expression: 'IF(refused >= 10, 100 * refused / requests, 0)',
      usingMetrics: {
        refused: ownMetric(scope, 'receive-webhooks', 'WebhooksRefused'),
        requests: doorMetric(api, 'Count'),
      },
      ...periodOfMinutes(60),
    }),
    threshold: 50,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    alarmDescription:
      'In 2 of 3 hours, half of the webhooks, and at least 10 an hour, were refused. Either a source has another secret ' +
      'or URL than Sluice, and what it sends is missing, or a stranger sends: `sluice source list` shows of which source ' +
      'requests were refused, and why.',
  });

/**
 * Creates an alarm on the share of payloads that become no event, although they were proved to be their source's. Single
 * ones can wait for the daily look; a tenth means that the tool or its mapping has changed.
 */
export const alarmOnUnmappedPayloads = (
  scope: Construct,
  service: 'receive-webhooks' | 'take-partner-events',
): Alarm =>
  createAlarm(scope, 'UnmappedPayloadsAlarm', {
    section: 'unmapped-payloads',
    metric: new MathExpression({
      label: 'Payloads without an event in percent',
      expression: 'IF(unmapped >= 10, 100 * unmapped / (unmapped + FILL(taken, 0)), 0)',
      usingMetrics: {
        unmapped: ownMetric(scope, service, 'PayloadsUnmapped'),
        taken: ownMetric(scope, service, 'PayloadsTaken'),
      },
      ...periodOfMinutes(60),
    }),
    threshold: 10,
    evaluationPeriods: 1,
    alarmDescription:
      `Within an hour, 10 % of the payloads that ${service} mapped, and at least 10, became no event. Nothing is lost: ` +
      'they are in the quarantine. `sluice source list` shows of which source; correct its mapping, deploy, and replay ' +
      'them.',
  });

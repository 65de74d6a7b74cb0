import { Duration } from 'aws-cdk-lib';
import type { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { alarmOnSilence, createAlarm, periodOfMinutes } from './create-alarm.ts';
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
      'missing-changes; each says which records to fetch and to load by an import.',
  });

import { describe, expect, it } from 'vitest';
import { buildTemplates, documents, listResources } from './synthesized.ts';

/** The templates with sources and subscriptions, which have alarms of their own. */
const { stateful, stateless } = buildTemplates(documents).templates;

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}
interface Alarm extends Partial<Metric> {
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly Label?: string;
    readonly MetricStat?: { readonly Metric: Metric; readonly Stat: string };
  }[];
  readonly AlarmActions?: readonly unknown[];
  readonly [name: string]: unknown;
}

const ofType = <P>(type: string) => listResources<P>(stateless, type);
const alarms = ofType<Alarm>('AWS::CloudWatch::Alarm').map(({ properties }) => properties);
const functions = ofType<{ Environment: { Variables: { POWERTOOLS_SERVICE_NAME: string } } }>(
  'AWS::Lambda::Function',
);
const queues = ofType<{ RedrivePolicy?: unknown }>('AWS::SQS::Queue');
const mappings = ofType<{ EventSourceArn: string; FunctionName: string }>('AWS::Lambda::EventSourceMapping');
const streams = mappings.filter(({ properties }) => properties.EventSourceArn.endsWith('.StreamArn'));

/** Returns the alarms on a metric with one dimension. */
const on = (MetricName: string, Name: string, Value: string) =>
  alarms.filter(
    (alarm) =>
      alarm.MetricName === MetricName &&
      JSON.stringify(alarm.Dimensions) === JSON.stringify([{ Name, Value }]),
  );

/** Returns the alarms whose expression has a metric of a function. */
const measuring = (id: string, metricName: string) =>
  alarms.filter(({ Metrics }) =>
    Metrics?.some(({ MetricStat }) => {
      const metric = MetricStat?.Metric;
      return metric?.MetricName === metricName && metric.Dimensions[0]?.Value === id;
    }),
  );

describe('who is warned of what', () => {
  it.each(queues.filter(({ properties }) => !properties.RedrivePolicy))(
    'warns of the first message in a queue that is not worked off: $id',
    ({ id }) => {
      expect(on('ApproximateNumberOfMessagesVisible', 'QueueName', `${id}.QueueName`)).toMatchObject([
        { Namespace: 'AWS/SQS', Threshold: 1, EvaluationPeriods: 1, Statistic: 'Maximum' },
      ]);
    },
  );

  it.each(queues.filter(({ properties }) => properties.RedrivePolicy))(
    'warns when messages wait for 10 minutes: $id',
    ({ id }) => {
      expect(on('ApproximateAgeOfOldestMessage', 'QueueName', `${id}.QueueName`)).toMatchObject([
        { Namespace: 'AWS/SQS', Threshold: 600, Statistic: 'Maximum' },
      ]);
    },
  );

  it.each(functions)('warns when 5 % of the invocations fail: $id', ({ id }) => {
    const rates = measuring(id, 'Errors');
    expect(rates).toMatchObject([{ Threshold: 5, EvaluationPeriods: 3, DatapointsToAlarm: 2 }]);
    const metrics = rates[0]?.Metrics ?? [];
    const measured = metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);
    expect(measured.sort()).toEqual(['Errors', 'Invocations']);
    expect(metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([
      'IF(invocations > 0, 100 * errors / invocations, 0)',
    ]);
  });

  it.each(functions)('warns of throttling that lasts, and names the function: $id', ({ id, properties }) => {
    const [alarm, ...others] = measuring(id, 'Throttles');
    expect(alarm).toMatchObject({
      Threshold: 1,
      EvaluationPeriods: 3,
      AlarmDescription: expect.stringContaining(properties.Environment.Variables.POWERTOOLS_SERVICE_NAME),
    });
    expect(others).toEqual([]);
    const { Metrics = [] } = alarm ?? {};
    const metrics = Metrics.filter(({ MetricStat }) => MetricStat !== undefined);
    expect(metrics.length).toBeLessThanOrEqual(10);
    expect(metrics.map(({ MetricStat }) => MetricStat)).toEqual(
      metrics.map(() => expect.objectContaining({ Period: 300, Stat: 'Sum' })),
    );
    expect(Metrics.find(({ Expression }) => Expression !== undefined)?.Expression).toBe(
      metrics.map(({ Id }) => `FILL(${Id}, 0)`).join(' + '),
    );
  });

  it.each([
    ['WebhooksRefused', 'receive-webhooks', 50, 'IF(refused >= 10, 100 * refused / requests, 0)'],
    [
      'PayloadsUnmapped',
      'receive-webhooks',
      10,
      'IF(unmapped >= 10, 100 * unmapped / (unmapped + FILL(taken, 0)), 0)',
    ],
    [
      'PayloadsUnmapped',
      'take-partner-events',
      10,
      'IF(unmapped >= 10, 100 * unmapped / (unmapped + FILL(taken, 0)), 0)',
    ],
    [
      'DeliveriesFailed',
      'send-deliveries',
      10,
      'IF(failed >= 10, 100 * failed / (failed + FILL(sent, 0)), 0)',
    ],
  ])(
    'warns of a share of %s of %s within an hour, and never of a single one',
    (name, service, Threshold, expression) => {
      const found = measuring(service, name);
      expect(found).toMatchObject([{ Threshold, TreatMissingData: 'notBreaching' }]);
      const { Metrics = [] } = found[0] ?? {};
      expect(Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([expression]);
      for (const { MetricStat } of Metrics)
        if (MetricStat !== undefined) expect(MetricStat).toMatchObject({ Period: 3_600 });
    },
  );

  it('warns of the first erasure that a target did not take', () => {
    expect(on('ErasuresUndelivered', 'service', 'send-deliveries')).toMatchObject([
      { Threshold: 1, EvaluationPeriods: 1, Statistic: 'Sum' },
    ]);
  });

  it.each(streams)('warns when a stream is 10 minutes behind: $id', ({ properties }) => {
    expect(on('IteratorAge', 'FunctionName', properties.FunctionName.replace(/:live$/, ''))).toMatchObject([
      { Namespace: 'AWS/Lambda', Threshold: 600_000, Statistic: 'Maximum' },
    ]);
  });

  it.each(streams)('warns of the first failed record, and of the first lost: $id', ({ id }) => {
    for (const metric of ['OnFailureDestinationDeliveredEventCount', 'DroppedEventCount']) {
      expect(on(metric, 'EventSourceMappingUUID', id)).toMatchObject([
        { Namespace: 'AWS/Lambda', Threshold: 1, EvaluationPeriods: 1, Statistic: 'Sum' },
      ]);
    }
  });
});

/** The alarms on silence itself, which anchors.test.ts, canary.test.ts and clock.test.ts test. */
const onSilence = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');

const tables = listResources<{ GlobalSecondaryIndexes?: readonly { readonly IndexName: string }[] }>(
  stateful,
  'AWS::DynamoDB::GlobalTable',
);

/** Returns the indexes of a table, and the expression of its alarm with its metrics: each as name, table and index. */
const throttled = ({ properties }: (typeof tables)[number], alarm: Alarm | undefined) => {
  const { Metrics = [] } = alarm ?? {};
  const findDimension = ({ Dimensions }: Metric, name: string) =>
    Dimensions.find(({ Name }) => Name === name)?.Value;
  return {
    indexes: (properties.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName),
    summed: Metrics.find(({ Expression }) => Expression !== undefined)?.Expression,
    metrics: Metrics.flatMap(({ Id, MetricStat }) => {
      if (MetricStat === undefined) return [];
      const { Metric: metric } = MetricStat;
      return {
        id: Id,
        measured: [
          metric.MetricName,
          findDimension(metric, 'TableName'),
          findDimension(metric, 'GlobalSecondaryIndexName'),
        ],
      };
    }),
  };
};

describe('who is warned of what the functions themselves count', () => {
  const byExpression = (label: RegExp) =>
    alarms.filter(({ Metrics }) => Metrics?.some(({ Label }) => label.test(Label ?? '')));

  it('warns when a fifth of the leads meet another writer for a quarter of an hour', () => {
    expect(byExpression(/^Conflicts/)).toMatchObject([{ Threshold: 20, EvaluationPeriods: 3 }]);
  });

  it('warns when a tenth of what comes in is rejected, and not of single events', () => {
    const [alarm] = byExpression(/^Events quarantined/);
    expect(alarm).toMatchObject({ Threshold: 10, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    expect(alarm?.Metrics?.flatMap(({ Expression }) => Expression ?? [])).toEqual([
      'IF(quarantined >= 10, 100 * quarantined / received, 0)',
    ]);
  });

  it('warns when the bus refuses announcements for a quarter of an hour', () => {
    expect(on('AnnouncementsFailed', 'service', 'publish-changes')).toMatchObject([
      { Threshold: 1, EvaluationPeriods: 3, Period: 300, Statistic: 'Sum' },
    ]);
  });

  it.each(tables)('warns when $id or an index of it is throttled for a quarter of an hour', (table) => {
    const [alarm, ...others] = byExpression(/^Throttled reads and writes/).filter(({ Metrics }) =>
      JSON.stringify(Metrics).includes(`"Value":"${table.id}"`),
    );
    expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 3 });
    expect(others).toEqual([]);
    const { indexes, summed, metrics } = throttled(table, alarm);
    expect(indexes.length > 0).toBe(!['Requests', 'Identities'].includes(table.id));
    const expected = [undefined, ...indexes].flatMap((index) => [
      ['ReadThrottleEvents', table.id, index],
      ['WriteThrottleEvents', table.id, index],
    ]);
    expect(metrics.map(({ measured }) => measured)).toEqual(expected);
    expect(summed).toBe(metrics.map(({ id }) => `FILL(${id}, 0)`).join(' + '));
  });

  it.each(ofType<{ Name: string }>('AWS::Events::Rule'))(
    'warns of the first event that a rule loses: $properties.Name',
    ({ properties }) => {
      const losing = byExpression(/^Events lost/).filter(({ Metrics }) =>
        JSON.stringify(Metrics).includes(`"Value":"${properties.Name}"`),
      );
      expect(losing).toMatchObject([{ Threshold: 1, EvaluationPeriods: 1 }]);
    },
  );
});

describe('every alarm', () => {
  it('is about silence where something happens by the clock, or a source asks for it, and only there', () => {
    expect(onSilence.map(({ MetricName }) => MetricName).sort()).toEqual([
      'AnchorsWritten',
      'CanariesReturned',
      'ClockRuns',
      'FunnelRecounts',
      // That of a source that may not be silent: its rule has matched nothing.
      'TriggeredRules',
    ]);
  });

  it('takes silence for good, alarms at its threshold, and says what to do', () => {
    expect(alarms.length).toBeGreaterThan(0);
    for (const alarm of alarms.filter((each) => !onSilence.includes(each))) {
      expect(alarm).toMatchObject({
        TreatMissingData: 'notBreaching',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        AlarmDescription: expect.stringMatching(/^.{80,}\.$/s),
      });
    }
  });

  it('tells the topic, when there is one', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
    const { templates } = buildTemplates({ ...documents, alarmTopicArn });
    const withTopic = listResources<Alarm>(templates.stateless, 'AWS::CloudWatch::Alarm');
    expect(withTopic).toHaveLength(alarms.length);
    for (const { properties } of withTopic) expect(properties.AlarmActions).toEqual([alarmTopicArn]);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toBeUndefined();
  });
});

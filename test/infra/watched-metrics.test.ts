import { beforeAll, describe, expect, it } from 'vitest';
import { metricCatalogue, type ServiceMetrics } from '../../shared/lambda/index.ts';
import { type Line, observe } from '../unit/lambda/observed-lines.ts';
import { awsMetrics } from './aws-metrics.ts';
import { type LookedUp, listAlarmMetrics, listDashboardMetrics, widgets } from './metrics-in.ts';
import { buildTemplates, documents, listResources } from './synthesized.ts';

const namespace = 'Sluice-staging-Stateless';
const { stateless } = buildTemplates(documents).templates;
const looked = [...listAlarmMetrics(stateless), ...listDashboardMetrics(stateless)];
const key = (name: string, dimensions: Readonly<Record<string, string>>): string =>
  [name, ...Object.entries(dimensions).sort().flat()].join(' ');

/** The services that emit metrics. In this test they all run in one process. */
const services = Object.keys(metricCatalogue) as (keyof typeof metricCatalogue)[];
const catalogue: Readonly<Record<string, ServiceMetrics>> = metricCatalogue;

let lines: Line[] = [];
beforeAll(async () => {
  ({ lines } = await observe('observed-metrics.ts'));
});

/** Returns every metric that was emitted, by name and dimensions with their values. */
const emitted = (): Set<string> =>
  new Set(
    lines.flatMap((line) =>
      (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
        Dimensions.flatMap((names) =>
          Metrics.map(({ Name }) =>
            key(Name, Object.fromEntries(names.map((dimension) => [dimension, String(line[dimension])]))),
          ),
        ),
      ),
    ),
  );

describe('a metric of our own', () => {
  const own = looked.filter((metric) => metric.namespace === namespace);

  it('is looked up by alarms and by the dashboard', () => {
    expect(new Set(own.map(({ name }) => name)).size).toBeGreaterThan(20);
  });

  it('that is looked up is one of the catalogue, with its dimensions and their values', () => {
    const known = new Set(
      services.flatMap((service) => {
        const { counts, countsBy, times } = catalogue[service] as ServiceMetrics;
        return [
          ...[...counts, ...times].map((name) => key(name, { service })),
          ...Object.entries(countsBy).flatMap(([name, { dimension, values }]) =>
            values.map((value) => key(name, { service, [dimension]: value })),
          ),
        ];
      }),
    );
    expect(own.filter(({ name, dimensions }) => !known.has(key(name, dimensions)))).toEqual([]);
  });

  it('of the catalogue is emitted by its function, with these dimensions', () => {
    const found = emitted();
    const missing = services.flatMap((service) => {
      const { counts, countsBy, times } = catalogue[service] as ServiceMetrics;
      const plain = [...counts, ...times].filter((name) => !found.has(key(name, { service })));
      const byValue = Object.entries(countsBy).filter(
        ([name, { dimension, values }]) =>
          !values.some((value) => found.has(key(name, { service, [dimension]: value }))),
      );
      return [...plain, ...byValue.map(([name]) => name)].map((name) => `${service} ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('that is emitted is in the catalogue, with no other value of a dimension', () => {
    /** Counts by names of documents, whose names the catalogue doesn't have: the beginnings of their keys. */
    const named = services.flatMap((service) => {
      const { countsByName = {} } = catalogue[service] as ServiceMetrics;
      return Object.entries(countsByName).map(([name, dimension]) =>
        key(name, { service, [dimension]: '' }).trimEnd(),
      );
    });
    const known = services.flatMap((service) => {
      const { counts, countsBy, times } = catalogue[service] as ServiceMetrics;
      return [
        ...[...counts, ...times].map((name) => key(name, { service })),
        ...Object.entries(countsBy).flatMap(([name, { dimension, values }]) =>
          values.map((value) => key(name, { service, [dimension]: value })),
        ),
      ];
    });
    const isKnown = (each: string) =>
      known.includes(each) || named.some((name) => each.startsWith(`${name} `));
    expect([...emitted()].filter((each) => !isKnown(each))).toEqual([]);
  });
});

describe("a metric of AWS's", () => {
  const theirs = looked.filter((metric) => metric.namespace !== namespace);

  const isKnown = ({ namespace: of, name, dimensions }: LookedUp): boolean =>
    (awsMetrics[of] ?? []).some(
      (known) =>
        known.names.includes(name) &&
        known.dimensions.some(
          (each) => JSON.stringify(each) === JSON.stringify(Object.keys(dimensions).sort()),
        ),
    );

  it('that is looked up exists, under these dimensions', () => {
    expect(theirs.length).toBeGreaterThan(100);
    expect(theirs.filter((metric) => !isKnown(metric))).toEqual([]);
  });

  it('is one of something that is deployed', () => {
    const names = new Set([
      ...Object.entries({
        'AWS::Lambda::Function': '',
        'AWS::SQS::Queue': '.QueueName',
        'AWS::Lambda::EventSourceMapping': '',
        'AWS::Logs::LogGroup': '',
        'AWS::ApiGatewayV2::Api': '',
      }).flatMap(([type, attribute]) => listResources(stateless, type).map(({ id }) => `${id}${attribute}`)),
      // The bus of a partner is there before the app, which names it in a rule.
      ...listResources<{ Name: string; EventBusName: string }>(stateless, 'AWS::Events::Rule').flatMap(
        ({ properties }) => [properties.Name, properties.EventBusName],
      ),
      ...['Bus', 'Leads', 'Quarantine', 'Requests', 'Identities', 'Deliveries'],
      ...['by-tier', 'by-due', 'by-queue', 'by-lead', 'by-time'],
    ]);
    const others = theirs
      .flatMap(({ by, dimensions }) =>
        Object.entries(dimensions).map(([name, value]) => ({ by, name, value })),
      )
      .filter(({ name }) => !['Resource', 'ExecutedVersion'].includes(name));
    expect(others.filter(({ value }) => !names.has(value))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('shows every alarm', () => {
    const shown = widgets(stateless).flatMap(({ type, properties }) =>
      type === 'alarm' ? (properties.alarms ?? []) : [],
    );
    expect(shown).toHaveLength(listResources(stateless, 'AWS::CloudWatch::Alarm').length);
  });

  it('shows every queue, every function, and every metric of our own but details', () => {
    const shown = listDashboardMetrics(stateless);
    const values = new Set(shown.flatMap(({ dimensions }) => Object.values(dimensions)));
    for (const { id } of listResources(stateless, 'AWS::Lambda::Function')) expect(values).toContain(id);
    const queues = listResources(stateless, 'AWS::SQS::Queue').filter(({ id }) => !id.endsWith('MissedRuns'));
    for (const { id } of queues) expect(values).toContain(`${id}.QueueName`);
    const names = new Set(shown.map(({ name }) => name));
    for (const name of [
      'EventsRecorded',
      'TierChanges',
      'EventsQuarantinedBy',
      'Announced',
      'CanaryRoundTrip',
      'RequestsAnswered',
    ])
      expect(names).toContain(name);
  });
});

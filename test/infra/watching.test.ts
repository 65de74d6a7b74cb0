import { describe, expect, it } from 'vitest';
import { metricCatalogue, type ServiceMetrics } from '../../shared/lambda/index.ts';
import { readDocument } from '../support/docs.ts';
import { listAlarmMetrics } from './metrics-in.ts';
import { buildTemplates, documents, listResources, stateless } from './synthesized.ts';

const text = readDocument('watching.md');
const catalogue: Readonly<Record<string, ServiceMetrics>> = metricCatalogue;

/** The rows `name service series` of the table in the document. */
const written = [...text.matchAll(/^\| `(\w+)`(?: by `(\w+)`)? \| ([\w-]+) \| (\d+)(?: a source)? \|/gm)].map(
  ([, name, dimension, service, series]) => [name, dimension ?? '', service, Number(series)],
);

const known = Object.entries(catalogue).flatMap(
  ([service, { counts, countsBy, countsByName = {}, times }]) => [
    ...[...counts, ...times].map((name) => [name, '', service, 1]),
    ...Object.entries(countsBy).map(([name, { dimension, values }]) => [
      name,
      dimension,
      service,
      values.length,
    ]),
    // One for each document, of which there may be none.
    ...Object.entries(countsByName).map(([name, dimension]) => [name, dimension, service, 1]),
  ],
);

const usd = (amount: number): string => `${amount.toFixed(2)} USD`;

describe('what watching costs', () => {
  it('is written for every metric that the functions emit', () => {
    expect(written.toSorted()).toEqual(known.toSorted());
  });

  it('is the sum of what is written', () => {
    const series = known.reduce((sum, [, , , count]) => sum + Number(count), 0);
    expect(text).toContain(`${series} series, at most ${usd(series * 0.3)} a month`);
  });

  it('is a tenth of a dollar for each metric of an alarm', () => {
    const alarms = listResources(stateless, 'AWS::CloudWatch::Alarm').length;
    const metrics = listAlarmMetrics(stateless).length;
    expect(text).toContain(
      `${alarms} alarms on ${metrics} metrics in staging and prod, ${usd(metrics * 0.1)} a month`,
    );
    const dev = buildTemplates({ environment: 'dev' }).templates.stateless;
    const ofDev = listResources(dev, 'AWS::CloudWatch::Alarm').length;
    const onDev = listAlarmMetrics(dev).length;
    expect(text).toContain(`${ofDev} on ${onDev}, ${usd(onDev * 0.1)}`);
    const full = buildTemplates(documents).templates.stateless;
    const ofFull = listResources(full, 'AWS::CloudWatch::Alarm').length;
    const onFull = listAlarmMetrics(full).length;
    expect(text).toContain(`${ofFull} on ${onFull}, ${usd(onFull * 0.1)}`);
  });
});

import { describe, expect, it } from 'vitest';
import { computeSeconds } from '../../../bench/cost/lambda-time.ts';
import { computeLines, untilLedger } from '../../../bench/cost/lines.ts';
import { computeUsualLines } from '../../../bench/cost/usual-scheme.ts';
import type { Flow } from '../../../bench/metered/flow.ts';
import { listMetrics, sumLogBytes, warmMean } from '../../../bench/metered/usage.ts';
import { computeCost, computeFixedLines, sumLines } from '../../../shared/cost/index.ts';

const usage = (writeUnits: number) => ({
  invocations: 2,
  records: 100,
  cpu: 50,
  slowest: 80,
  peak: 100,
  logBytes: 1_000,
  metrics: [],
  consumed: { writeUnits, readUnits: 100, requests: { BatchGetItem: 2 }, announcements: [] },
});

/** A hundred events in two batches; half of them lead to an announcement for one queue. */
const flow: Flow = {
  events: 100,
  bytesIn: 30_000,
  bytesOut: 20_000,
  announcements: 50,
  messages: { 'score-leads': 100, 'hand-off': 50 },
  usages: [
    { service: 'score-leads', usage: usage(400) },
    { service: 'hand-off', usage: usage(100) },
  ],
  stored: 100_000,
};
const deployed = { memory: { 'score-leads': 512, 'hand-off': 256 }, archiveDays: 30 };

const findUsd = (lines: ReturnType<typeof computeLines>, what: string): number | undefined =>
  lines.find((line) => line.what === what)?.usd;

describe('the cost of a million events', () => {
  const lines = computeLines(flow, deployed);

  it('is what a million times a single event takes: units, events, and requests to queues', () => {
    expect(findUsd(lines, 'writes')).toBeCloseTo(5 * 0.625);
    expect(findUsd(lines, 'events in')).toBeCloseTo(1);
    expect(findUsd(lines, 'announcements out')).toBeCloseTo(0.5);
    // A send for each of 1.5 messages, and a receive and a delete for every ten.
    expect(findUsd(lines, 'send, receive, delete')).toBeCloseTo(1.5 * 1.2 * 0.4);
  });

  it('until the ledger leaves out what is announced, and who follows', () => {
    const scored = computeLines(untilLedger(flow), deployed);
    expect(findUsd(scored, 'writes')).toBeCloseTo(4 * 0.625);
    expect(findUsd(scored, 'announcements out')).toBe(0);
    expect(sumLines(scored)).toBeLessThan(sumLines(lines));
  });

  it('by the usual scheme has an idempotency table and an outbox on top', () => {
    const more = sumLines(computeUsualLines(flow, deployed)) - sumLines(lines);
    expect(more).toBeCloseTo(computeCost('writeUnit', 3_500_000));
  });
});

describe('the cost of a month', () => {
  const resource = (type: string, properties: object) => ({
    stack: 'Stateless',
    logicalId: 'R',
    path: 'R',
    type,
    properties: { ...properties },
    metadata: {},
  });

  it('has a price for each metric that an alarm looks at, and none for its expression', () => {
    const resources = [
      resource('AWS::CloudWatch::Alarm', { MetricName: 'Throttles', Namespace: 'AWS/Lambda' }),
      resource('AWS::CloudWatch::Alarm', {
        Metrics: [
          { Id: 'rate', Expression: 'errors / invocations' },
          { Id: 'errors', MetricStat: {} },
          { Id: 'invocations', MetricStat: {} },
        ],
      }),
    ];
    const line = computeFixedLines(resources, 0).find(({ what }) => what === 'metrics of alarms');
    expect(line).toMatchObject({ amount: 3, usd: expect.closeTo(0.3) });
  });
});

describe('the time of an invocation', () => {
  it('is the CPU time, stretched by the share of a CPU that the memory gives, and the waiting', () => {
    expect(computeSeconds(100, 0.05, 1_769)).toBeCloseTo(0.15);
    expect(computeSeconds(100, 0.05, 1_769 / 4)).toBeCloseTo(0.45);
    expect(computeSeconds(100, 0.05, 10_240)).toBeCloseTo(0.15);
  });
});

describe('what a function used', () => {
  it('counts each line that it logs with 26 bytes beside', () => {
    expect(sumLogBytes(['ä', 'bc'])).toBe(2 + 26 + 2 + 26);
  });

  it('counts a metric for each name and set of dimensions', () => {
    const line = (type: string) =>
      JSON.stringify({
        _aws: {
          CloudWatchMetrics: [{ Namespace: 'Sluice', Dimensions: [['type']], Metrics: [{ Name: 'Events' }] }],
        },
        type,
        Events: 1,
      });
    expect(listMetrics([line('a'), line('b'), line('a'), '{"message":"scored"}', 'plain'])).toEqual([
      'Events type=a',
      'Events type=b',
    ]);
  });

  it('is told once it is warm', () => {
    expect(warmMean([100, 50, 10, 20])).toBe(15);
  });
});

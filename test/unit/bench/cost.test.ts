import { describe, expect, it } from 'vitest';
import { computeApiLines } from '../../../bench/cost/api-lines.ts';
import { formatMonth } from '../../../bench/cost/format-cost.ts';
import { computeSeconds } from '../../../bench/cost/lambda-time.ts';
import {
  computeAdditionalLines,
  computeClockLines,
  computeLines,
  untilLedger,
} from '../../../bench/cost/lines.ts';
import { computeMonth } from '../../../bench/cost/month.ts';
import { readVolume } from '../../../bench/cost/options.ts';
import { computeRecount, computeRecountLines } from '../../../bench/cost/recount-lines.ts';
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
  consumed: {
    writeUnits,
    updateUnits: 0,
    readUnits: 100,
    requests: { BatchGetItem: 2 },
    announcements: [],
    sent: [],
  },
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
  storedByLead: 20_000,
  leads: 10,
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

  it('of what time does has no events in, and is a part of that of a month', () => {
    const timed = computeAdditionalLines(flow, deployed);
    expect(timed.map(({ what }) => what)).not.toContain('events in');
    expect(sumLines(lines) - sumLines(timed)).toBeCloseTo(1);
  });

  it('has the runs of the clock, each of them traced', () => {
    const [runs, ...others] = computeClockLines(usage(0), { ...deployed, memory: { 'advance-leads': 512 } });
    expect(others).toEqual([]);
    expect(runs?.amount).toBe(8_640);
    expect(runs?.usd).toBeGreaterThan(computeCost('trace', 8_640));
    expect(runs?.usd).toBeLessThan(computeCost('trace', 8_640) * 3);
  });

  it('by the usual scheme has an idempotency table and an outbox on top', () => {
    const more = sumLines(computeUsualLines(flow, deployed)) - sumLines(lines);
    expect(more).toBeCloseTo(computeCost('writeUnit', 3_500_000));
  });
});

describe('the cost of a million requests of the API', () => {
  const request = {
    kind: 'GET lead',
    service: 'hand-off',
    usage: usage(0),
    requestBytes: 0,
    answerBytes: 2 ** 14,
  };
  const lines = computeApiLines(request, deployed);

  it('has the requests of the gateway, the answers that leave, and the units that each request reads', () => {
    expect(findUsd(lines, 'requests')).toBeCloseTo(1);
    expect(findUsd(lines, 'answers, out to the internet')).toBeCloseTo((1_000_000 / 2 ** 16) * 0.09);
    // A hundred units of two invocations.
    expect(findUsd(lines, 'reads')).toBeCloseTo(50 * 0.125);
    expect(findUsd(lines, 'writes')).toBe(0);
  });

  it('has a second request of the gateway for a body of more than 512 KB', () => {
    const large = computeApiLines({ ...request, requestBytes: 600 * 1_024 }, deployed);
    expect(findUsd(large, 'requests')).toBeCloseTo(2);
  });
});

describe('the cost of a recount of the funnel', () => {
  const recount = { usage: usage(0), leads: 100 };

  it('grows with the leads, and goes on in a further run after ten minutes', () => {
    const small = computeRecount(recount, 100, 512);
    expect(small).toMatchObject({ readUnits: 50, bytes: 50 * 4_096, runs: 1 });
    const large = computeRecount(recount, 1_000_000, 512);
    expect(large.readUnits).toBeCloseTo(500_000);
    expect(large.seconds).toBeGreaterThan(600);
    expect(large.runs).toBe(Math.ceil(large.seconds / 600));
  });

  it('is that of a million leads', () => {
    const lines = computeRecountLines(recount, { ...deployed, memory: { 'recount-funnel': 512 } });
    expect(findUsd(lines, 'reads')).toBeCloseTo(0.5 * 0.125);
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

describe('the cost of a month of one’s own', () => {
  const fixed = [{ service: 'CloudWatch', what: 'metrics', amount: 1, unit: 'a month', usd: 20 }];
  const nothing = { ...flow, bytesIn: 0, bytesOut: 0, announcements: 0, messages: {}, usages: [] };
  const counting = { single: nothing, full: nothing, time: nothing };
  const basis = { single: flow, full: flow, time: nothing, counting, deployed, fixed };
  const sum = (volume: { leads: number; events: number }) => {
    const { single, full, stored } = computeMonth(volume, basis);
    return { single: sumLines(single), full: sumLines(full), stored: sumLines(stored) };
  };

  it('is that of a million events for a million, in full batches', () => {
    expect(sum({ leads: 1, events: 1_000_000 }).full).toBeCloseTo(sumLines(computeLines(flow, deployed)));
  });

  it('grows with the events, and without any is what leads and alarms cost', () => {
    const [one, two] = [sum({ leads: 10, events: 1_000_000 }), sum({ leads: 10, events: 2_000_000 })];
    expect(two.full).toBeCloseTo(2 * one.full);
    expect(sum({ leads: 10, events: 0 })).toMatchObject({ single: 0, full: 0 });
  });

  it('is more if events arrive one at a time: each then has its requests and its trace', () => {
    const { single, full } = sum({ leads: 10, events: 10_000 });
    expect(single).toBeGreaterThan(full);
    const traces = (lines: readonly { what: string; amount: number }[]) =>
      lines.find(({ what }) => what === 'traces')?.amount;
    const { single: lines } = computeMonth({ leads: 10, events: 10_000 }, basis);
    // Two functions with two invocations for a hundred events: each is the first of its second.
    expect(traces(lines)).toBeCloseTo(10_000 * (4 / 100));
  });

  it('has the storage of leads once and of their events each month', () => {
    const { storedGigabytes, growth } = computeMonth({ leads: 1_000, events: 500 }, basis);
    // 2,000 bytes for a lead and 800 for an event.
    expect(storedGigabytes * 2 ** 30).toBeCloseTo(1_000 * 2_000 + 500 * 800);
    // Each day anchors read it with half a unit for 4 KB, and the recount with a whole one.
    const aDay = 1.5 * 0.032768;
    expect(growth).toBeCloseTo(((500 * 800) / 2 ** 30) * (0.25 + 0.2 + (365 / 12) * aDay), 6);
  });

  it('has what counting the funnel adds, which is more if every announcement is counted alone', () => {
    const count = (invocations: number) => {
      const used = { ...usage(100), invocations };
      return { ...nothing, messages: { 'count-funnel': 50 }, usages: [{ service: 'hand-off', usage: used }] };
    };
    const counted = { ...basis, counting: { single: count(50), full: count(1), time: nothing } };
    const million = computeMonth({ leads: 10, events: 1_000_000 }, counted);
    const added = (lines: Parameters<typeof sumLines>[0]) =>
      sumLines(lines) - sumLines(computeLines(flow, deployed));
    expect(added(million.full)).toBeGreaterThan(computeCost('writeUnit', 1_000_000));
    expect(sumLines(million.single)).toBeGreaterThan(sumLines(million.full));
  });

  it('is shown by service, with its sum', () => {
    const volume = { leads: 20_000, events: 500_000 };
    const lines = formatMonth(volume, computeMonth(volume, basis), 30);
    expect(lines[1]).toBe('A month with 500,000 events and 20,000 leads, in USD');
    expect(lines.join('\n')).toMatch(/EventBridge +0\.\d\d +0\.\d\d\n/);
    expect(lines.join('\n')).toMatch(/CloudWatch, without any event +20\.00 +20\.00\n/);
    expect(lines.join('\n')).toMatch(/a month +2\d\.\d\d +2\d\.\d\d\n/);
  });

  it.each(['-1', '1.5', '1e6', '1,000', 'many', '', '0', '1000000001', '٣'])(
    'is refused for a number of leads that is none: %j',
    (given) =>
      expect(() => readVolume([`--leads=${given}`, '--events', '5'])).toThrow(
        `--leads: given ${JSON.stringify(given)}; allowed: a whole number from 1 to 1000000000, in digits alone`,
      ),
  );

  it.each([
    [['--leads', '5'], '--events is missing'],
    [['--events', '5'], '--leads is missing'],
    [['--leads', '5', '--events', '-5'], "Option '--events' argument is ambiguous"],
    [['--leads', '5', '--events=10000000001'], '--events: given "10000000001"'],
    [['--lead', '5'], "Unknown option '--lead'"],
    [['5'], 'Unexpected argument'],
  ])('is refused with what is allowed: %j', (args, message) => {
    expect(() => readVolume(args)).toThrow(message);
    expect(() => readVolume(args)).toThrow('usage: npm run cost');
  });

  it('may have no events, and is not asked for without options', () => {
    expect(readVolume(['--leads', '5', '--events', '0'])).toEqual({ leads: 5, events: 0 });
    expect(readVolume([])).toBeUndefined();
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

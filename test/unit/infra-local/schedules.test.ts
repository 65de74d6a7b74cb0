import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hourMs } from '../../../events/index.ts';
import type { FunctionHost } from '../../../infra/local/function-host.ts';
import { parseScheduleExpression } from '../../../infra/local/schedules/schedule-expression.ts';
import { Schedules } from '../../../infra/local/schedules/schedules.ts';

const at = Date.parse;

describe('parseScheduleExpression', () => {
  it.each([
    ['rate(5 minutes)', '2026-03-01T09:02:00Z', '2026-03-01T09:05:00Z'],
    ['rate(1 day)', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'],
    ['cron(2/5 * * * ? *)', '2026-03-01T09:02:00Z', '2026-03-01T09:07:00Z'],
    ['cron(2/5 * * * ? *)', '2026-03-01T23:57:00Z', '2026-03-02T00:02:00Z'],
    ['cron(17 3 * * ? *)', '2026-03-01T03:16:59.999Z', '2026-03-01T03:17:00Z'],
    ['cron(17 3 * * ? *)', '2026-03-01T03:17:00Z', '2026-03-02T03:17:00Z'],
    ['cron(0,30 9-10 ? * * *)', '2026-03-01T09:30:00Z', '2026-03-01T10:00:00Z'],
  ])('%s runs after %s at %s', (text, after, next) => {
    expect(parseScheduleExpression(text)?.(at(after))).toBe(at(next));
  });

  it.each([
    'rate(5 weeks)',
    'rate(0 minutes)',
    'rate(25 days)',
    'cron(60 * * * ? *)',
    'cron(0 9-8 * * ? *)',
    'cron(0 9 ? * MON *)',
    'cron(0 9 * * ?)',
    'at(2026-03-01T09:00:00)',
  ])('does not know %s', (text) => {
    expect(parseScheduleExpression(text)).toBeUndefined();
  });
});

const nothing = () => {};

/** Returns schedules whose one function notes the instants of its runs, and ends each when it is told to. */
const given = (now: string, { fails = false } = {}) => {
  vi.useFakeTimers({ now: at(now) });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const runs: string[] = [];
  const ends: (() => void)[] = [];
  const host = {
    invokeWith: async (payload: string) => {
      runs.push(JSON.parse(payload).time);
      await new Promise<void>((end) => ends.push(end));
      return fails ? { ok: false, error: { name: 'Oops', message: 'no' } } : { ok: true };
    },
  } as unknown as FunctionHost;
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Wake';
  const schedules = new Schedules({
    now: Date.now,
    hosts: new Map([[arn, host]]),
    queues: new Map(),
    specs: [
      {
        id: 'Wake/Hourly',
        arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/Hourly',
        findNextRun: parseScheduleExpression('rate(1 hour)') ?? (() => 0),
        targets: [{ arn: `${arn}:live`, input: undefined }],
        deadLetterArn: undefined,
      },
    ],
  });
  return { schedules, runs, endRun: () => (ends.shift() ?? nothing)() };
};

const hours = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * hourMs);

describe('schedules', () => {
  it('run by the clock, and only those that are wanted', async () => {
    const { schedules, runs } = given('2026-03-01T09:30:00Z');
    schedules.start(() => false);
    await hours(3);
    expect(runs).toEqual([]);
    schedules.start((id) => id === 'Wake/Hourly');
    await hours(0.4);
    expect(runs).toEqual([]);
    await hours(0.1);
    expect(runs).toEqual(['2026-03-01T13:00:00Z']);
  });

  it('run once at a time, and do not make up for what they missed', async () => {
    const { schedules, runs, endRun } = given('2026-03-01T09:30:00Z');
    schedules.start(() => true);
    schedules.start(() => true);
    await hours(4);
    expect(runs).toEqual(['2026-03-01T10:00:00Z']);
    endRun();
    await hours(1);
    expect(runs).toEqual(['2026-03-01T10:00:00Z', '2026-03-01T14:00:00Z']);
  });

  it('run now if they are asked to, and tell whoever asks that a function failed', async () => {
    const { schedules, runs, endRun } = given('2026-03-01T09:30:00Z', { fails: true });
    const run = schedules.runOnce(() => true);
    endRun();
    await expect(run).rejects.toThrow('the schedule Wake/Hourly failed: Oops: no');
    await schedules.runOnce(() => false);
    expect(runs).toEqual(['2026-03-01T09:30:00Z']);
  });

  it('plan nothing after they were stopped', async () => {
    const { schedules, runs, endRun } = given('2026-03-01T09:59:59Z');
    schedules.start(() => true);
    await hours(0.5);
    schedules.stop();
    endRun();
    schedules.start(() => true);
    await hours(5);
    expect(runs).toEqual(['2026-03-01T10:00:00Z']);
  });
});

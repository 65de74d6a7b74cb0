import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StackClock } from '../../../infra/local/clock/stack-clock.ts';
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
    'cron(60 * * * ? *)',
    'cron(0 9-8 * * ? *)',
    'cron(0 9 ? * MON *)',
    'cron(0 9 * * ?)',
    'at(2026-03-01T09:00:00)',
  ])('does not know %s', (text) => {
    expect(parseScheduleExpression(text)).toBeUndefined();
  });
});

/** Returns schedules whose one function notes the instants of its runs, and ends each when it is told to. */
const given = (clock: StackClock, expression = 'rate(1 hour)') => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const runs: string[] = [];
  const ends: (() => void)[] = [];
  const host = {
    invokeWith: async (payload: string) => {
      runs.push(JSON.parse(payload).time);
      await new Promise<void>((end) => ends.push(end));
      return { ok: true };
    },
  } as unknown as FunctionHost;
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Wake';
  const schedules = new Schedules({
    clock,
    hosts: new Map([[arn, host]]),
    specs: [
      {
        id: 'Wake/Hourly',
        arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/Hourly',
        findNextRun: parseScheduleExpression(expression) ?? (() => 0),
        targets: [{ arn: `${arn}:live`, input: undefined }],
        deadLetterArn: undefined,
      },
    ],
  });
  return { schedules, runs, endRun: () => ends.shift()?.() };
};

describe('Schedules', () => {
  it('runs a schedule by the clock of the stack, and none that is not wanted', async () => {
    vi.setSystemTime(at('2026-11-30T08:00:00Z'));
    const clock = new StackClock(at('2026-03-01T09:30:00Z'), 60);
    const { schedules, runs } = given(clock);
    schedules.start(() => false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toEqual([]);
    clock.moveTo(at('2026-03-01T09:30:00Z'));
    schedules.start((id) => id === 'Wake/Hourly');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toEqual(['2026-03-01T10:00:00Z']);
  });

  it('runs a schedule once at a time, and does not make up for what it missed', async () => {
    const clock = new StackClock(at('2026-03-01T09:30:00Z'), 3_600);
    const { schedules, runs, endRun } = given(clock);
    schedules.start(() => true);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(runs).toHaveLength(1);
    endRun();
    await vi.advanceTimersByTimeAsync(600);
    expect(runs).toEqual(['2026-03-01T10:00:00Z', '2026-03-01T13:00:00Z']);
  });

  it('follows a clock that is moved, and waits while it stands still', async () => {
    const clock = new StackClock(at('2026-03-01T09:30:00Z'));
    const { schedules, runs } = given(clock);
    schedules.start(() => true);
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(runs).toEqual([]);
    clock.runAt(1);
    clock.moveTo(at('2026-06-01T11:59:59Z'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toEqual(['2026-06-01T12:00:00Z']);
  });

  it('plans nothing after it was stopped', async () => {
    const clock = new StackClock(at('2026-03-01T09:59:59Z'), 1);
    const { schedules, runs, endRun } = given(clock);
    schedules.start(() => true);
    await vi.advanceTimersByTimeAsync(1_000);
    schedules.stop();
    endRun();
    clock.moveTo(at('2026-03-01T10:59:59Z'));
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(runs).toHaveLength(1);
  });
});

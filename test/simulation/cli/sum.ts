import type { Outcome } from '../simulate.ts';

/** The totals of many seeds. */
export interface Sum {
  seeds: number;
  failed: number;
  steps: number;
  events: number;
  worked: number;
  faults: Record<string, number>;
}

export const nothingYet = (): Sum => ({ seeds: 0, failed: 0, steps: 0, events: 0, worked: 0, faults: {} });

export const add = (sum: Sum, { findings, steps, events, worked, faults }: Outcome): void => {
  sum.seeds++;
  sum.failed += findings.length > 0 ? 1 : 0;
  sum.steps += steps;
  sum.events += events;
  sum.worked += worked;
  for (const [kind, times] of faults) sum.faults[kind] = (sum.faults[kind] ?? 0) + times;
};

export const join = (sum: Sum, other: Sum): void => {
  sum.seeds += other.seeds;
  sum.failed += other.failed;
  sum.steps += other.steps;
  sum.events += other.events;
  sum.worked += other.worked;
  for (const [kind, times] of Object.entries(other.faults))
    sum.faults[kind] = (sum.faults[kind] ?? 0) + times;
};

const whole = new Intl.NumberFormat('en');

export const formatSum = (sum: Sum, seconds: number): string => {
  const faults = Object.entries(sum.faults).sort(([, a], [, b]) => b - a);
  const words = faults.map(([kind, times]) => `${kind} ${whole.format(times)}`).join(', ');
  return [
    `${whole.format(sum.seeds)} seeds in ${seconds.toFixed(1)} s (${(sum.seeds / seconds).toFixed(0)} a second), ${whole.format(sum.failed)} failed`,
    `${whole.format(sum.steps)} steps, ${whole.format(sum.events)} events in, ${whole.format(sum.worked)} messages and records worked on`,
    `faults: ${words || 'none'}`,
  ].join('\n');
};

import { apiLimits } from '../../../events/api/index.ts';
import { dayMs, formatDay } from './days.ts';

/** The lengths of time that are offered, in days up to today. */
export const presets = [7, 30, 90, 365] as const;
type Preset = (typeof presets)[number];

/** Long enough to show a funnel at work, also one whose leads take weeks. */
const usual: Preset = 90;

/** Days in UTC, both ends included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The reason why days can't be shown, and the field that is wrong. */
export interface PeriodProblem {
  readonly field: 'from' | 'to' | 'days';
  readonly given: string;
  readonly reason: 'no-day' | 'no-preset' | 'after-end' | 'too-long';
}

/** The time that is chosen: a length up to today, or two days. */
export interface ChosenPeriod extends Period {
  readonly preset: Preset | undefined;
  readonly problem: PeriodProblem | undefined;
}

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && formatDay(at) === text;
};

const endAtToday = (length: number, now: number): Period => ({
  from: formatDay(now - (length - 1) * dayMs),
  to: formatDay(now),
});

/** Returns the number of days, both ends included. */
const countDays = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

const findProblem = (period: Period): PeriodProblem | undefined => {
  const { from, to } = period;
  if (!isDay(to)) return { field: 'to', given: to, reason: 'no-day' };
  if (!isDay(from)) return { field: 'from', given: from, reason: 'no-day' };
  if (from > to) return { field: 'from', given: from, reason: 'after-end' };
  if (countDays(period) > apiLimits.funnelDays) return { field: 'from', given: from, reason: 'too-long' };
  return undefined;
};

/**
 * Reads the chosen time from the filters of the address: `days=30`, or `from` and `to`, of which one may be missing.
 *
 * @param now milliseconds since 1970
 */
export const readPeriod = (query: URLSearchParams, now: number): ChosenPeriod => {
  const [from, to, days] = ['from', 'to', 'days'].map((name) => query.get(name) ?? '');
  if (from || to) {
    const end = to || formatDay(now);
    const start = from || (isDay(end) ? endAtToday(usual, Date.parse(end)).from : end);
    const period = { from: start, to: end };
    return { ...period, preset: undefined, problem: findProblem(period) };
  }
  const preset = days ? presets.find((each) => String(each) === days) : usual;
  if (preset !== undefined) return { ...endAtToday(preset, now), preset, problem: undefined };
  const problem = { field: 'days', given: days ?? '', reason: 'no-preset' } as const;
  return { ...endAtToday(usual, now), preset: undefined, problem };
};

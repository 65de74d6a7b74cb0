import { isMet, type Limit, type Measure } from './measure.ts';

/** Three figures that count; whole numbers whole. */
export const showNumber = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
};

const showLimit = (limit: Limit): string =>
  'atLeast' in limit ? `at least ${showNumber(limit.atLeast)}` : `at most ${showNumber(limit.atMost)}`;

const showDetails = (details: Measure['details']): string[] =>
  Object.entries(details).map(
    ([name, value]) => `    ${name}: ${typeof value === 'number' ? showNumber(value) : value}`,
  );

/** A figure beside its limit, and below it where it comes from. */
export const showMeasure = (measure: Measure): string => {
  const { name, value, unit, limit, details } = measure;
  const verdict = limit === undefined ? '' : `, ${showLimit(limit)}: ${isMet(measure) ? 'pass' : 'FAIL'}`;
  return [`${name}: ${showNumber(value)} ${unit}${verdict}`, ...showDetails(details)].join('\n');
};

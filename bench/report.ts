import { isMet, type Limit, type Measure } from './measure.ts';

/** Formats a number with three significant digits; whole numbers stay whole. */
const showNumber = (value: number): string => {
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

/** Formats a figure beside its limit, with its details below. */
export const showMeasure = (measure: Measure): string => {
  const { name, value, unit, limit, details } = measure;
  const verdict = limit === undefined ? '' : `, ${showLimit(limit)}: ${isMet(measure) ? 'pass' : 'FAIL'}`;
  return [`${name}: ${showNumber(value)} ${unit}${verdict}`, ...showDetails(details)].join('\n');
};

import { type Reading, yes } from '../reading.ts';
import type { CompiledCriterion } from './criterion.ts';
import { computePoints, findBand, type Rule } from './rule.ts';

/** The parts into which the points of a criterion that counts are divided. */
const countedParts = 4;

const findEntryIndex = (rule: Extract<Rule, { kind: 'table' }>, reading: Reading): number => {
  const value = rule.readValue(reading);
  const entry = value === undefined || value === null ? undefined : rule.findEntry(value);
  return entry === undefined ? -1 : rule.entries.indexOf(entry);
};

const nameApplied = (criterion: CompiledCriterion, points: number, reading: Reading): string => {
  const { rule, span } = criterion;
  switch (rule.kind) {
    case 'condition':
      return rule.test(reading) === yes ? 'holds' : 'not';
    case 'bands': {
      const band = findBand(rule.bands, rule.readValue(reading));
      return band === undefined ? 'below' : `from ${band.from}`;
    }
    case 'table': {
      const index = findEntryIndex(rule, reading);
      return index === -1 ? 'otherwise' : `entry ${index + 1}`;
    }
    case 'each':
    case 'eachAnswer':
      return points === 0 ? 'none' : `part ${Math.ceil((Math.abs(points) / span) * countedParts)}`;
    default:
      return rule satisfies never;
  }
};

/**
 * Names what applied of a criterion: `holds` or `not` of a condition, the band, the number of the entry of a table, or
 * the quarter of its most points of one that counts; `unknown` if what it reads is not known.
 */
export const findApplied = (criterion: CompiledCriterion, reading: Reading): string => {
  const points = computePoints(criterion, reading);
  return points === undefined ? 'unknown' : nameApplied(criterion, points, reading);
};

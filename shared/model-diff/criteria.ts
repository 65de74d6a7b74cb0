import { showValue } from '../../events/index.ts';
import { describeCondition, describeConditionChange, describeReader } from './condition-words.ts';
import {
  describeFields,
  describeIdentified,
  describeNamed,
  entriesByName,
  fieldOf,
  isFields,
  type NamedProps,
} from './fields.ts';

const showPoints = (points: unknown): string => (points === 1 ? '1 point' : `${showValue(points)} points`);

const pointsChange =
  (label: string, gives = 'gives') =>
  (before: unknown, after: unknown): string[] =>
    before === undefined || after === undefined
      ? []
      : [`${label} ${gives} ${showPoints(after)} instead of ${showValue(before)}`];

/** An entry of a table may be its points alone. */
const readPoints = (entry: unknown): unknown => (isFields(entry) ? entry.points : entry);

const details = (entry: unknown): unknown => (isFields(entry) ? entry : { points: entry });

const band = (label: string): NamedProps => ({
  title: (from) => `${label}: the band from ${from} on`,
  added: (entry) => `, with ${showPoints(readPoints(entry))}`,
  change: (title, before, after) => describeFields(title, before, after, { points: pointsChange(title) }),
});

const value = (label: string): NamedProps => ({
  title: (name) => `${label}: the value ${showValue(name)}`,
  added: (entry) => `, with ${showPoints(readPoints(entry))}`,
  change: (title, before, after) =>
    describeFields(title, details(before), details(after), { points: pointsChange(title) }),
});

const byFrom = (bands: unknown): Map<string, unknown> =>
  new Map((Array.isArray(bands) ? bands : []).map((entry) => [String(fieldOf(entry, 'from')), entry]));

const kinds = ['when', 'bands', 'table', 'each'] as const;

/** Returns what a criterion gives points for, in words. */
const describeRule = (criterion: unknown): string => {
  const kind = kinds.find((name) => fieldOf(criterion, name) !== undefined);
  const read = (name: string): unknown => fieldOf(criterion, name);
  switch (kind) {
    case 'when':
      return `${showPoints(read('points'))} if ${describeCondition(read('when'))}`;
    case 'each':
      return `${showPoints(read('points'))} for each ${describeReader(read('each'))}, at most ${showValue(read('max'))}`;
    case 'bands':
    case 'table':
      return `points by ${describeReader(read('of'))}`;
    case undefined:
      return showValue(criterion);
    default:
      return kind satisfies never;
  }
};

const isOfOtherKind = (before: unknown, after: unknown): boolean =>
  kinds.some((kind) => (fieldOf(before, kind) === undefined) !== (fieldOf(after, kind) === undefined));

const changeOfCriterion = (title: string, before: unknown, after: unknown): string[] => {
  if (isOfOtherKind(before, after))
    return [`${title} is another rule: ${describeRule(after)}; before: ${describeRule(before)}`];
  return describeFields(title, before, after, {
    text: (was, is) => [`${title} says ${showValue(is)} instead of ${showValue(was)}`],
    points: pointsChange(title),
    max: pointsChange(title, 'gives at most'),
    when: (was, is) => describeConditionChange(`${title} has another condition`, was, is),
    of: (was, is) => [`${title} is of ${describeReader(is)} instead of ${describeReader(was)}`],
    each: (was, is) => [`${title} counts ${describeReader(is)} instead of ${describeReader(was)}`],
    bands: (was, is) => describeNamed(byFrom(was), byFrom(is), band(title)),
    table: (was, is) => describeNamed(entriesByName(was), entriesByName(is), value(title)),
  });
};

const criterion: NamedProps = {
  title: (id, entry) => `${showValue(fieldOf(entry, 'text'))} (${id})`,
  added: (entry) => `: ${describeRule(entry)}`,
  change: changeOfCriterion,
};

/** Describes the differences of a dimension that both documents have. */
export const describeDimension = (before: unknown, after: unknown): string[] =>
  describeFields('', before, after, {
    title: (was, is) => [`It is called ${showValue(is)} instead of ${showValue(was)}`],
    base: (was, is) => [`It begins at ${showPoints(is)} instead of ${showValue(was)}`],
    criteria: (was, is) => describeIdentified('The criteria', was, is, criterion),
  });

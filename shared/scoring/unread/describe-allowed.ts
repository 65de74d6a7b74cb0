import type { FactValue } from '../../../events/index.ts';
import { listFirst } from '../../suggest/index.ts';
import type { ModelDocument } from '../document/model.ts';
import { isAmong, readLiteral } from '../values/literals.ts';
import { readBoolean, readNumber } from '../values/read-plain.ts';
import type { ValueReader } from './value-readers.ts';

type Described = NonNullable<ModelDocument['questions'] | ModelDocument['attributes']>[string];

/** The most values that are listed. */
const mostListed = 8;

/** Returns the values that a model's description allows, in words; undefined if the given one is among them. */
export const describeAllowed = (described: Described, value: NonNullable<FactValue>): string | undefined => {
  const list = () => ('values' in described ? listFirst(described.values.map(String), mostListed) : '');
  switch (described.kind) {
    case 'choice':
      return isAmong(value, described.values) ? undefined : list();
    case 'list':
      return Array.isArray(value) && value.every((entry) => isAmong(entry, described.values))
        ? undefined
        : `a list of ${list()}`;
    case 'yesNo':
      return readBoolean(value) !== undefined ? undefined : 'true, false';
    case 'number': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = described;
      const number = readNumber(value);
      if (number !== undefined && number >= from && number <= to) return undefined;
      const range = [
        ...(described.from === undefined ? [] : [`from ${from}`]),
        ...(described.to === undefined ? [] : [`to ${to}`]),
      ];
      return ['a number', ...range].join(' ');
    }
    case 'text':
      return undefined;
    default:
      return described satisfies never;
  }
};

/**
 * Returns the values that the rules of a model name, in words. Where they name one number, any number means something;
 * where they name yes or no, the other one does.
 */
export const describeNamed = ({ named, types, anyNumber }: ValueReader): string => {
  const allNumbers = anyNumber || (named.size === 1 && types.has('number'));
  const others = [...named]
    .map((value) => ({ value, literal: readLiteral(value) }))
    .filter(({ literal }) => typeof literal !== 'boolean' && !(allNumbers && typeof literal === 'number'))
    .map(({ value }) => value);
  return [
    ...(allNumbers ? ['a number'] : []),
    ...(types.has('boolean') ? ['true, false'] : []),
    ...(others.length === 0 ? [] : [listFirst(others, mostListed)]),
  ].join(', or ');
};

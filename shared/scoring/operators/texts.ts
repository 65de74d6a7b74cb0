import type { Plain } from '../document/plain.ts';
import type { Fragment, KnownValue, OperatorDefinition } from './operator.ts';

const splitWords = (values: readonly Plain[]): string[] =>
  values
    .filter((value) => typeof value === 'string')
    .flatMap((text) => text.split(' '))
    .filter((word) => word !== '');

/** @param passes gets both in lower case */
const textOperator = (
  description: string,
  where: Fragment['where'],
  passes: (text: string, operand: string) => boolean,
): OperatorDefinition<string> => ({
  schema: (zod) => zod.string().min(1).max(200),
  description,
  fits: ['text'],
  holds: (operand) => {
    const sought = operand.toLowerCase();
    return (value) => typeof value === 'string' && passes(value.toLowerCase(), sought);
  },
  distinguishes: (text) => ({ fragments: [{ text, where }] }),
  samples: (values) => splitWords(values).flatMap((word) => [word, word.toUpperCase()]),
});

const inText = textOperator(
  'text contains this, or a list has this entry; case is ignored',
  'anywhere',
  (text, part) => text.includes(part),
);

const hasEntry = (value: KnownValue, sought: string): boolean =>
  Array.isArray(value) && value.some((entry) => entry.toLowerCase() === sought);

export const contains: OperatorDefinition<string> = {
  ...inText,
  fits: ['text', 'list'],
  holds: (operand) => {
    const sought = operand.toLowerCase();
    const textHas = inText.holds(operand);
    return (value) => textHas(value) || hasEntry(value, sought);
  },
};

export const startsWith = textOperator('case is ignored', 'start', (text, start) => text.startsWith(start));
export const endsWith = textOperator('case is ignored', 'end', (text, end) => text.endsWith(end));

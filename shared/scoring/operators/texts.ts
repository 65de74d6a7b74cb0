import type { Plain, ZodParts } from '../document/plain.ts';
import { foldCase } from '../values/fold-case.ts';
import { compose, normaliseText } from '../values/normalise.ts';
import { compileWords, hasWords } from '../values/words.ts';
import type { Fragment, KnownValue, OperatorDefinition } from './operator.ts';

const splitWords = (values: readonly Plain[]): string[] =>
  values
    .filter((value) => typeof value === 'string')
    .flatMap((text) => text.split(' '))
    .filter((word) => word !== '');

const schema = (zod: ZodParts) => zod.string().min(1).max(200);

const samples = (values: readonly Plain[]): string[] =>
  splitWords(values).flatMap((word) => [word, word.toUpperCase()]);

/** @param passes gets both composed and folded; blanks around the operand count, as they may part words */
const textOperator = (
  description: string,
  where: Fragment['where'],
  passes: (text: string, operand: string) => boolean,
): OperatorDefinition<string> => ({
  schema,
  description,
  fits: ['text'],
  holds: (operand) => {
    const sought = foldCase(compose(operand));
    return (value) => typeof value === 'string' && passes(foldCase(value), sought);
  },
  distinguishes: (text) => ({ fragments: [{ text, where }] }),
  samples,
});

const inText = textOperator(
  'text contains this, or a list has this entry; case is ignored',
  'anywhere',
  (text, part) => text.includes(part),
);

const hasEntry = (value: KnownValue, sought: string): boolean =>
  Array.isArray(value) && value.some((entry) => foldCase(entry) === sought);

export const contains: OperatorDefinition<string> = {
  ...inText,
  fits: ['text', 'list'],
  holds: (operand) => {
    const sought = foldCase(normaliseText(operand));
    const textHas = inText.holds(operand);
    return (value) => textHas(value) || hasEntry(value, sought);
  },
};

export const startsWith = textOperator('case is ignored', 'start', (text, start) => text.startsWith(start));
export const endsWith = textOperator('case is ignored', 'end', (text, end) => text.endsWith(end));

export const hasWord: OperatorDefinition<string> = {
  schema: (zod) => schema(zod).refine(hasWords, { error: 'a text with a word in it' }),
  description:
    'text, or an entry of a list, has this as a whole word, or these words one after the other; case is ignored',
  fits: ['text', 'list'],
  holds: (operand) => {
    const has = compileWords(operand);
    return (value) =>
      typeof value === 'string' ? has(value) : Array.isArray(value) && value.some((entry) => has(entry));
  },
  distinguishes: (text) => ({ fragments: [{ text, where: 'word' }] }),
  samples,
};

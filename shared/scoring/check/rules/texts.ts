import { collectCriterionPaths } from '../../document/condition-paths.ts';
import type { Plain } from '../../document/plain.ts';
import { collectValueConditions } from '../../document/walk.ts';
import { listUsedOperators } from '../../operators/index.ts';
import { isSameLiteral } from '../../values/literals.ts';
import { normaliseText } from '../../values/normalise.ts';
import { findDomain } from '../domains.ts';
import { type Finding, nameWarning, type Rule, warning } from '../finding.ts';

/** The most letters that are more often a part of other words than a word, by operator. */
const mostWithin = { contains: 3, startsWith: 2 } as const;

/** Scripts that put no blanks between words, or in which two letters are a word. */
const dense =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const isFew = (text: string, most: number): boolean =>
  /^[\p{L}\p{N}\p{M}]+$/u.test(text) && !dense.test(text) && [...text.normalize('NFC')].length <= most;

/** The rule that few letters are looked for as a whole word, since a text has them within other words. */
const fewLetters: Rule = {
  reads: ['questions', 'attributes', 'lanes'],
  find: (document) =>
    collectValueConditions(document).flatMap(({ path, condition }): Finding[] => {
      const domain = findDomain(condition, document);
      if (domain !== undefined && domain.kind !== 'text') return [];
      return (['contains', 'startsWith'] as const).flatMap((name) => {
        const text = condition[name];
        if (text === undefined || !isFew(text, mostWithin[name])) return [];
        const allowed = `more than ${mostWithin[name]} letters, or hasWord: other words have so few within them`;
        return [warning(`${path}.${name}`, text, allowed)];
      });
    }),
};

const hasBlanks = (value: Plain): value is string =>
  typeof value === 'string' && normaliseText(value) !== value.normalize('NFC');

const withoutBlanks = (value: string): string =>
  normaliseText(value) === ''
    ? 'a text; an empty one says nothing, and is not known'
    : `${JSON.stringify(normaliseText(value))}: values have no blanks around them`;

/** Finds values with blanks around them, and values that are the same as one before. */
const findOdd = (path: string, values: readonly Plain[]): Finding[] =>
  values.flatMap((value, i) => {
    const at = `${path}[${i}]`;
    if (hasBlanks(value)) return [warning(at, value, withoutBlanks(value))];
    const before = values.findIndex((other) => isSameLiteral(other, value));
    return before < i ? [warning(at, value, `another value; ${path}[${before}] is the same one`)] : [];
  });

/** The rule that values are written as they are compared: without blanks around them, and each once. */
const spellings: Rule = {
  reads: ['questions', 'attributes', 'lanes'],
  find: (document) => [
    ...(['questions', 'attributes'] as const).flatMap((section) =>
      Object.entries(document[section] ?? {}).flatMap(([name, described]) =>
        'values' in described ? findOdd(`${section}.${name}.values`, described.values) : [],
      ),
    ),
    ...collectValueConditions(document).flatMap(({ path, condition }) =>
      listUsedOperators(condition).flatMap(({ name, operator, operand }) => {
        const { literals = [] } = operator.distinguishes(operand);
        if (Array.isArray(operand)) return findOdd(`${path}.${name}`, literals);
        return literals
          .filter(hasBlanks)
          .map((value) => warning(`${path}.${name}`, value, withoutBlanks(value)));
      }),
    ),
  ],
};

/** The same rule of the entries of a table. Of two entries for one value, the first counts. */
const tableSpellings: Rule = {
  reads: ['dimensions'],
  find: (document) =>
    collectCriterionPaths(document).flatMap(({ path, criterion }): Finding[] => {
      if (!('table' in criterion)) return [];
      const names = Object.keys(criterion.table);
      return names.flatMap((name, i) => {
        const at = `${path}.table.${name}`;
        if (hasBlanks(name)) return [nameWarning(at, name, withoutBlanks(name))];
        const before = names.find((other) => isSameLiteral(other, name));
        return before === name || names.indexOf(before ?? name) >= i
          ? []
          : [nameWarning(at, name, `another value; ${path}.table.${before} is the same one, and counts`)];
      });
    }),
};

export const textRules: readonly Rule[] = [fewLetters, spellings, tableSpellings];

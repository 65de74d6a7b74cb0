import type { FieldName } from '../types.ts';

const longestValue = 120;

/** Returns a name as words: `jobTitle` and `job_title` are both "job title". */
const toWords = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:-]+/g, ' ')
    .trim()
    .toLowerCase() || name;

/** Returns a name as words with an article: "an age", "a unit". */
const toNoun = (name: string): string => {
  const words = toWords(name);
  return /^(?:[aeio]|u(?!n?i|s|t|r))/.test(words) && !/^(?:eu|one\b|once\b)/.test(words)
    ? `an ${words}`
    : `a ${words}`;
};

/** Returns a value within a sentence: on one line, and not too long. */
const quote = (value: string): string => {
  const line = value.replaceAll(/\p{Cc}+/gu, ' ');
  const short = [...line].slice(0, longestValue).join('');
  return `“${short}${short.length < line.length ? '…' : ''}”`;
};

/** Returns what a criterion says of a lead whose value isn't looked at yet. */
export const describeField = ({ kind, name }: FieldName): string => {
  if (kind === 'attribute') return `has ${toNoun(name)} that counts`;
  return kind === 'answer' ? `gave an answer on ${toWords(name)} that counts` : describeActivity(name);
};

/** Returns what a lead with a value says. */
export const describeValue = ({ kind, name }: FieldName, value: string): string =>
  kind === 'answer'
    ? `answered ${quote(value)} on ${toWords(name)}`
    : `has the ${toWords(name)} ${quote(value)}`;

/** Returns what a lead with an entry in a list says. */
export const describeEntry = ({ kind, name }: FieldName, entry: string): string =>
  kind === 'answer'
    ? `named ${quote(entry)} on ${toWords(name)}`
    : `has ${quote(entry)} among its ${toWords(name)}`;

/** Returns a range of numbers in words; an end that is undefined is open. */
const describeRange = (from: number | undefined, below: number | undefined): string => {
  if (from === undefined) return below === undefined ? 'of any number' : `below ${below}`;
  return below === undefined ? `of ${from} or more` : `from ${from} up to, not including, ${below}`;
};

export const describeBand = (
  { kind, name }: FieldName,
  from: number | undefined,
  below: number | undefined,
): string =>
  kind === 'answer'
    ? `answered with a number ${describeRange(from, below)} on ${toWords(name)}`
    : `has ${toNoun(name)} ${describeRange(from, below)}`;

/** Returns an activity in words that follow "the lead": `pricing_visited` is "visited pricing". */
const describeActivity = (name: string): string => {
  const words = toWords(name).split(' ');
  const verb = words.at(-1) ?? '';
  if (words.length > 1 && verb.endsWith('ed')) return [verb, ...words.slice(0, -1)].join(' ');
  return verb.endsWith('ed') ? verb : `did ${quote(words.join(' '))}`;
};

/** Returns what a lead says that did something so often. */
export const describeCount = (name: string, times: number, withinDays: number | undefined): string => {
  const often = times === 1 ? '' : ` ${times} times or more`;
  const when = withinDays === undefined ? '' : ` in the last ${withinDays} days`;
  return `${describeActivity(name)}${often}${when}`;
};

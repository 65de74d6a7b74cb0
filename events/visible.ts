/**
 * The characters that nobody sees, or that look like another one: control and format characters, halves of surrogate
 * pairs, private and unassigned ones, line separators, letters and signs that are always blank, and every space but the
 * plain one.
 */
const hidden = /(?! )[\p{C}\p{Z}\p{DI}\u2800]/gu;

/** Marks without a letter or sign of their own before them, which are drawn over whatever stands there. */
const looseMarks = /(?:(?<=\\u[\da-f]{4})|(?<![\p{L}\p{N}\p{S}\p{M}]))\p{M}+/gu;

/** A character with its combining marks. */
const withMarks = /\P{M}\p{M}*/gu;

/** The letters that Korean syllables are composed of. */
const jamo = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/gu;

/** Words, and escapes, which aren't part of one. */
const words = /\\u[\da-f]{4}|[\p{L}\p{M}\p{Cf}]{2,}/gu;

/** Returns characters as JSON escapes, such as `\u00a0`. */
export const escapeUnits = (characters: string): string =>
  Array.from(
    { length: characters.length },
    (_, index) => `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

const escapeNonAscii = (text: string): string => text.replaceAll(/\P{ASCII}/gu, escapeUnits);

/** Scripts whose letters look like each other's, in the order in which they give way. */
const alikeScripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
] as const;

/**
 * Escapes the foreign letters of a word that mixes scripts, such as the Cyrillic а of "pаypal". No language mixes these
 * scripts inside a word (UTS #39, mixed-script confusables).
 */
const escapeForeignLetters = (word: string): string => {
  const [first, ...others] = alikeScripts.filter((script) => script.test(word));
  if (first === undefined || others.length === 0) return word;
  return word.replaceAll(withMarks, (character) =>
    others.some((script) => script.test(character)) ? escapeUnits(character) : character,
  );
};

/** Escapes what Unicode composes to something else: it looks like the composed form, and is another text. */
const escapeDecomposed = (text: string): string =>
  text.normalize('NFC') === text
    ? text
    : text
        .replaceAll(withMarks, (character) =>
          character.normalize('NFC') === character ? character : escapeNonAscii(character),
        )
        .replaceAll(jamo, escapeUnits);

const isPlain = /^[ -~]*$/;

/**
 * Returns text for a message, with JSON escapes in place of the characters that a reader can't see or would take for
 * others: no-break spaces, zero-width characters, decomposed letters, letters of another script inside a word. Escapes
 * stay as they are, so it may be called twice.
 */
export const visible = (text: string): string =>
  isPlain.test(text)
    ? text
    : escapeDecomposed(text.replaceAll(words, escapeForeignLetters))
        .replaceAll(hidden, escapeUnits)
        .replaceAll(looseMarks, escapeUnits);

const pairs = (signs: string, twins: string): [string, string][] =>
  Array.from(signs, (sign, index) => [sign, twins[index] ?? '']);

/** Letters and signs that are drawn like an ASCII character. */
const twins = new Map([
  ...pairs('аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ', 'aeopcyxijshdqwABEKMHOPCTYXIJS'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρ', 'ABEZHIKMNOPTYXovap'),
  ...pairs('‐‑‒–—―−', '-------'),
  ...pairs('‘’ʼ′´', "'''''"),
  ...pairs('⁄∕', '//'),
]);

const twinOf = (character: string): string => twins.get(character) ?? character.normalize('NFKC');

const drawnAs = (text: string): string => text.replaceAll(/\P{ASCII}/gu, twinOf);

const escapeTwins = (text: string): string =>
  text.replaceAll(/\P{ASCII}/gu, (character) =>
    twinOf(character) === character ? character : escapeUnits(character),
  );

/**
 * Returns what was given and what is allowed as they are shown side by side. If they look the same though they differ,
 * as "51–200" with a dash and 51-200 with a hyphen do, the characters that make the difference are escaped.
 */
export const showApart = (given: string, allowed: string): readonly [given: string, allowed: string] => {
  const [left, right] = [visible(given), visible(allowed)];
  const bare = left.replace(/^"(.*)"$/s, '$1');
  const alike = bare !== '' && !right.includes(bare) && drawnAs(right).includes(drawnAs(bare));
  return alike ? [escapeTwins(left), escapeTwins(right)] : [left, right];
};

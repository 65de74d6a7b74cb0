const groupLength = 5;
const shortLength = 3 * groupLength;

/** The letters of the suffix: the value of each is the number that its group of five characters gives. */
const suffixLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

const shortId = /^[A-Za-z0-9]{15}$/;
const longId = /^[A-Za-z0-9]{15}[A-Za-z0-5]{3}$/;

const isUpper = (character: string): boolean => character >= 'A' && character <= 'Z';

/** Returns the letter of a group: the first character counts 1 if it is upper case, the second 2, the last 16. */
const suffixLetterOf = (group: string): string => {
  const bits = [...group].reduce((sum, character, i) => sum + (isUpper(character) ? 2 ** i : 0), 0);
  return suffixLetters.charAt(bits);
};

const groupsOf = (id: string): string[] =>
  [0, 1, 2].map((i) => id.slice(i * groupLength, (i + 1) * groupLength));

const suffixOf = (id: string): string => groupsOf(id).map(suffixLetterOf).join('');

/** Returns a group with the upper case letters that its letter of the suffix names. */
const withCase = (group: string, letter: string): string => {
  const bits = suffixLetters.indexOf(letter.toUpperCase());
  return [...group]
    .map((character, i) => ((bits >> i) & 1 ? character.toUpperCase() : character.toLowerCase()))
    .join('');
};

/**
 * Returns a Salesforce record id in its form of 18 characters, so that one record is one identifier. Salesforce's pages
 * show 15 characters, in which case matters; its APIs add three that say which letters are upper case, so that tools
 * which ignore case can't mix records up. Anything else is returned as it is.
 *
 * Source of the rule: https://gammone.com/en/programming/how-to-convert-salesforce-id-from-15-to-18-chars and
 * https://codebycody.com/salesforces-algorithm-for-converting-ids-from-15-to-18-characters
 *
 * @example normaliseSalesforceId('a0D30000001n7Pi') // 'a0D30000001n7PiEAI'
 */
export const normaliseSalesforceId = (id: string): string => {
  if (shortId.test(id)) return id + suffixOf(id);
  if (!longId.test(id)) return id;
  const short = groupsOf(id)
    .map((group, i) => withCase(group, id.charAt(shortLength + i)))
    .join('');
  const long = short + suffixOf(short);
  // A suffix that calls a digit upper case belongs to no id: the text only looks like one.
  return long.toUpperCase() === id.toUpperCase() ? long : id;
};

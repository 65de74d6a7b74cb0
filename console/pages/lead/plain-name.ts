/** Returns a name as people would write it. @example plainName('demo_requested') // 'demo requested' */
export const plainName = (name: string): string =>
  name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .replaceAll(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase())
    .trim();

/** Returns the word of a table for a key, or the key as people would write it if the table is older than the API. */
export const wordFor = (words: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(words, key) ? (words[key] ?? key) : plainName(key);

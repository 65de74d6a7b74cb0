declare global {
  interface JSON {
    /** Returns a value that is written as the given text. TypeScript's library doesn't declare it yet. */
    rawJSON(text: string): object;
  }
}

type Reviver = (key: string, value: unknown) => unknown;

const keepNumber = (_: string, value: unknown, { source }: { readonly source: string }): unknown =>
  typeof value === 'number' ? JSON.rawJSON(source) : value;

/**
 * Parses JSON so that it is written again with the numbers as they came: `1e400` and long identifiers, which no double
 * can hold, stay what they are.
 */
export const parseExactly = (text: string): unknown => JSON.parse(text, keepNumber as Reviver);

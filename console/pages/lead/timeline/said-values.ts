import type { Value } from '../fact-value.tsx';

/** A name with what was said of it: its value, or that it is gone. */
export interface SaidValue {
  readonly name: string;
  /** Null if it is no longer known, or was withdrawn. */
  readonly value: Value;
  /** The number of words of an answer, if it was given in words. */
  readonly words: number | undefined;
}

/** The source of a pattern of a text as JSON has it. */
export const jsonText = String.raw`"(?:[^"\\]|\\.)*"`;
const jsonList = String.raw`\[(?:${jsonText}(?:,${jsonText})*)?\]`;
const json = String.raw`${jsonText}|${jsonList}|-?\d[\d.eE+-]*|true|false`;

/** One value of a list such as `seniority is "executive", industry is no longer known`. */
const item = new RegExp(
  String.raw`([A-Za-z][\w.:-]*) (?:is no longer known|is withdrawn|is (${json})(?: in (\d+) words)?)(?:, |$)`,
  'y',
);

/** Reads the values that a sentence of the API lists; undefined if it lists anything else. */
export const readSaidValues = (list: string): SaidValue[] | undefined => {
  const pattern = new RegExp(item);
  const found: SaidValue[] = [];
  while (pattern.lastIndex < list.length) {
    const [, name, value, words] = pattern.exec(list) ?? [];
    if (name === undefined) return undefined;
    found.push({
      name,
      value: value === undefined ? null : (JSON.parse(value) as Value),
      words: words === undefined ? undefined : Number(words),
    });
  }
  return found;
};

/** Reads a text as JSON has it. */
export const readText = (json: string): string => JSON.parse(json) as string;

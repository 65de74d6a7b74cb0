import type { Texts } from '../../../texts/en.ts';
import { jsonText, readText } from './said-values.ts';

/** Returns what an event says beyond its kind; undefined if its sentence is not understood. */
export type Reader = (text: string, texts: Texts, tag: string) => readonly string[] | undefined;

/** The end of a sentence: who said so, and why. */
export const source = `(?: by (?<actor>${jsonText}))?(?:, with the reason (?<reason>${jsonText}))?`;
/** The deal that a sentence names, after a word. */
export const deal = (word: string) => `(?: ${word} the deal (?<deal>${jsonText}))?`;

/** Says the deal, who said so, and why, as far as a sentence has them. */
export const readSource = (
  { deal, actor, reason }: Readonly<Record<string, string | undefined>>,
  { lead: { timeline: t } }: Texts,
): string[] => [
  ...(deal === undefined ? [] : [t.deal(readText(deal))]),
  ...(actor === undefined ? [] : [t.by(readText(actor))]),
  ...(reason === undefined ? [] : [t.reason(readText(reason))]),
];

/** Returns a reader of sentences of a form, by the groups of a pattern that matches them whole. */
export const byPattern = (
  form: string,
  say: (
    groups: Readonly<Record<string, string | undefined>>,
    texts: Texts,
    tag: string,
  ) => readonly string[] | undefined,
): Reader => {
  const pattern = new RegExp(`^${form}$`, 's');
  return (text, texts, tag) => {
    const match = pattern.exec(text);
    return match === null ? undefined : say(match.groups ?? {}, texts, tag);
  };
};

import type { Texts } from '../../../texts/en.ts';
import type { Entry } from '../types.ts';
import { readDetails } from './read-details.ts';

/** An event in words. */
export interface SaidEvent {
  /** The kind of the event in the language of the reader; undefined of a kind that this version doesn't know. */
  readonly title: string | undefined;
  /** The rest of what it says; empty if there is nothing. */
  readonly details: string;
  /** Whether `details` is the English sentence of the API. */
  readonly isEnglish: boolean;
}

/** Returns a sentence of the API without the words that the title of its kind says already. */
export const trimSentence = (sentence: string): string =>
  sentence.replace(/^(it (did|has done|answered|is known by)|its (profile|outcome)):? /, '');

/** Says what happened, in the language of the reader as far as it can. */
export const sayEvent = (
  entry: Pick<Entry, 'type'> & { readonly text: string },
  texts: Texts,
  tag: string,
): SaidEvent => {
  const titles: Readonly<Record<string, string>> = texts.lead.timeline.titles;
  const title = Object.hasOwn(titles, entry.type) ? titles[entry.type] : undefined;
  if (title === undefined) return { title, details: entry.text, isEnglish: true };
  const details = readDetails(entry, texts, tag);
  return details === undefined
    ? { title, details: trimSentence(entry.text), isEnglish: true }
    : { title, details: details.join(', '), isEnglish: false };
};

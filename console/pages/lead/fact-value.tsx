import { type texts as allTexts, locale, texts } from '../../texts/texts.ts';
import { LongText } from './long-text.tsx';

/** A value as facts have it. */
export type Value = string | number | boolean | readonly string[] | null;

/** Returns a value as people would say it. */
export const sayValue = (value: Value, t: typeof allTexts.value, tag: string): string => {
  if (value === null) return t.lead.known.cleared;
  if (typeof value === 'boolean') return value ? t.words.yes : t.words.no;
  if (typeof value === 'number') return value.toLocaleString(tag, { maximumFractionDigits: 6 });
  return typeof value === 'string' ? value : value.join(', ');
};

/** Shows a value of a fact. */
export const FactValue = ({ value }: { readonly value: Value }) => (
  <LongText text={sayValue(value, texts.value, locale.value)} />
);

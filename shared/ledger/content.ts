import { canonical, type Item, text } from '../dynamodb/index.ts';
import type { LeadEvent } from '../lead/index.ts';
import { isErased } from './chain.ts';
import { once } from './once.ts';

/** What makes two deliveries the same event. */
export interface EntryContent {
  readonly type: string;
  readonly source: string;
  /** Left out where it was erased: then nothing can be told from it. */
  readonly detail?: string;
}

/** An event's content in its canonical form; worked out once, since it is compared, measured and stored. */
export const contentOf = once<LeadEvent, EntryContent & { readonly detail: string }>(
  ({ type, source, metadata, data }) => ({ type, source, detail: canonical({ metadata, data }) }),
);

export const storedContent = (item: Item): EntryContent => ({
  type: text(item, 'type'),
  source: text(item, 'source'),
  ...(!isErased(item) && { detail: text(item, 'detail') }),
});

/** Whether a delivery is what is recorded already. What an erased entry said nobody can tell any more. */
export const sameContent = (stored: EntryContent, content: EntryContent): boolean =>
  stored.type === content.type &&
  stored.source === content.source &&
  (stored.detail === undefined || stored.detail === content.detail);

import { canonical, type Item, text } from '../dynamodb/index.ts';
import type { LeadEvent } from '../lead/index.ts';
import { isErased } from './chain.ts';

/** The content of an event. Two deliveries with the same content are the same event. */
export interface EntryContent {
  readonly type: string;
  readonly source: string;
  /** Left out if it was erased. */
  readonly detail?: string;
}

/** Returns an event's content in the canonical form in which it is compared, measured and stored. */
export const buildContent = ({
  type,
  source,
  metadata,
  data,
}: LeadEvent): EntryContent & { readonly detail: string } => ({
  type,
  source,
  detail: canonical({ metadata, data }),
});

export const storedContent = (item: Item): EntryContent => ({
  type: text(item, 'type'),
  source: text(item, 'source'),
  ...(!isErased(item) && { detail: text(item, 'detail') }),
});

/**
 * Returns a detail without the mark of history. The same row of an export is history or not, depending on when it is
 * imported.
 */
const withoutBackfill = (detail: string): string => {
  const { metadata, data } = JSON.parse(detail) as Pick<LeadEvent, 'metadata' | 'data'>;
  const { backfill: _backfill, ...rest } = metadata;
  return canonical({ metadata: rest, data });
};

/**
 * Returns whether a delivery has the stored content. The content of an erased entry is unknown, and counts as the same.
 */
export const sameContent = (stored: EntryContent, content: EntryContent): boolean => {
  if (stored.type !== content.type || stored.source !== content.source) return false;
  if (stored.detail === undefined || content.detail === undefined || stored.detail === content.detail)
    return true;
  return withoutBackfill(stored.detail) === withoutBackfill(content.detail);
};

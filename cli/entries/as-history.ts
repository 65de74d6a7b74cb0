import { isObject } from '../../events/index.ts';
import type { ParsedEntry } from '../../shared/entries/index.ts';

/** Returns a parsed entry as history, which announces nothing. What has no metadata stays as it is, to be rejected. */
export const asHistory = (parsed: ParsedEntry): ParsedEntry => {
  if (parsed.kind === 'rejected') return parsed;
  const { detail } = parsed.event;
  if (!isObject(detail) || !isObject(detail.metadata)) return parsed;
  const marked = { ...detail, metadata: { ...detail.metadata, backfill: true } };
  return {
    kind: 'entry',
    event: { ...parsed.event, detail: marked },
    entry: { ...parsed.entry, Detail: JSON.stringify(marked) },
  };
};

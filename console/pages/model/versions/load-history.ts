import { type Answer, call } from '../../../api/call.ts';
import type { ListPart } from '../../../api/use-older.ts';

type HistoryAnswer = Answer<'listModelHistory'>;

/** An entry of the history of models. */
export type HistoryEntry = HistoryAnswer['entries'][number];

/** A part of the history of models, the latest first. */
export interface HistoryPart extends ListPart<HistoryEntry> {
  /** The version that a roll back would bring back; undefined if there is none. */
  readonly rollsBackTo: string | undefined;
}

const pageSize = 50;

/** Loads a part of the history of models. @param before the revision before which it ends; undefined for the latest part */
export const loadHistory = async (before: string | undefined, signal: AbortSignal): Promise<HistoryPart> => {
  const query = { limit: `${pageSize}`, before };
  const { entries, rollsBackTo } = await call('listModelHistory', { query, signal });
  const last = entries.at(-1)?.revision ?? 1;
  // Revisions have no gaps, and the first is 1.
  return { items: entries, cursor: last > 1 ? `${last}` : null, rollsBackTo };
};

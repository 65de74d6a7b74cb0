import type { Key } from './leads.ts';

// Everything about models that isn't a document: which one is active, what was done by whom, and rescoring.

/** The key of the one item that says which models are active and shadowed. */
export const modelPointerKey: Key = { pk: 'MODEL-POINTER', sk: 'POINTER' };

/** The partition of the append-only history of all that was done with models. */
export const modelHistory = 'MODEL-HISTORY';

/** Returns the key of an entry of the history. Entries sort by their revision, from 1. */
export const modelHistoryKey = (revision: number): Key => ({
  pk: modelHistory,
  sk: String(revision).padStart(10, '0'),
});

/** Returns whether an item is an entry of the history of models. */
export const isModelHistoryKey = ({ pk }: Key): boolean => pk === modelHistory;

/** The acts of the history by which a model becomes the active one. The filter of the table's stream asks for them. */
export const activatingActs = ['activated', 'rolled-back'] as const;

const rescoring = 'RESCORING';

/** The key of the one item about the current rescoring: its model, its pace and its status. */
export const rescoringKey: Key = { pk: rescoring, sk: 'JOB' };

const segmentPrefix = 'SEGMENT#';

/** The partition of the current rescoring and of its segments. */
export const rescoringPartition = rescoring;

/** Returns the key of the item that says how far a segment of the table is rescored. */
export const rescoringSegmentKey = (segment: number): Key => ({
  pk: rescoring,
  sk: `${segmentPrefix}${String(segment).padStart(4, '0')}`,
});

/** The attribute that only checks with a finding have: the filter of the table's stream tests it. */
export const driftFindingsAttribute = 'findings';

/** The partition of the checks for drift, one item for each. */
export const driftPartition = 'DRIFT';

/** Returns whether a key is that of a check for drift. */
export const isDriftKey = ({ pk }: Key): boolean => pk === driftPartition;

/** Returns the key of a check for drift. @param at UTC, ISO 8601 */
export const driftKey = (at: string): Key => ({ pk: driftPartition, sk: at });

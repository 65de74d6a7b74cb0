import type { Answer } from '../../api/call.ts';

/** A published model, as lists have it. */
export type ListedModel = Answer<'listModels'>['models'][number];

/** A change of the models in use that somebody is about to make. */
export interface ModelChange {
  readonly kind: 'activate' | 'roll-back' | 'shadow' | 'end-shadow';
  readonly version: string;
}

/** An entry of the history of models. */
export type HistoryEntry = Answer<'listModelHistory'>['entries'][number];

/**
 * Returns the version that a roll back would bring back, as far as the history shows it: the models that were active
 * before form a stack, from which each roll back takes one.
 *
 * @param entries the latest first
 */
export const findEarlier = (entries: readonly HistoryEntry[]): string | undefined => {
  const earlier: string[] = [];
  for (const { act, previousModelVersion } of entries.toReversed()) {
    if (act === 'activated' && previousModelVersion !== undefined) earlier.push(previousModelVersion);
    if (act === 'rolled-back') earlier.pop();
  }
  return earlier.at(-1);
};

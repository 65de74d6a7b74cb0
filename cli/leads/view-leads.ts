import type { Tier } from '../../events/index.ts';
import { fromNowOn, inPast, type LeadAsOf } from '../../shared/as-of/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { instantOf } from '../../shared/scoring/index.ts';
import type { Models } from '../as-of/models.ts';

/** A lead of a list as of an instant. */
export interface ListedLead extends Pick<LeadAsOf, 'at' | 'tense' | 'state' | 'meanwhile' | 'next'> {
  /** The tier that is stored, if the lead is shown as of now: time may have changed it since. */
  readonly storedTier: Tier | null;
}

/**
 * Shows a lead of a list as of an instant. One whose model isn't found stays as it was listed.
 *
 * @param listed the lead as stored, or as it was or will be at that instant
 */
export const viewLead = async (
  models: Pick<Models, 'find'>,
  listed: LeadState,
  { at, tense }: Pick<LeadAsOf, 'at' | 'tense'>,
): Promise<ListedLead> => {
  const storedTier = tense === 'present' ? listed.tier : null;
  const model = await models.find(listed.modelVersion);
  if (model === undefined)
    return { at: instantOf(listed.facts), tense, state: listed, meanwhile: [], next: [], storedTier };
  const seen =
    tense === 'past' ? inPast(model, listed, at) : fromNowOn(model, listed, { at, tense: 'present' });
  return { ...seen, tense, storedTier };
};

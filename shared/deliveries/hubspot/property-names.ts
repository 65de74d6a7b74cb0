import { type HubspotField, type HubspotOptions, hubspotFields } from '../target-options.ts';

/** The properties of HubSpot that the fields are written to. A field without one isn't written. */
export type PropertyNames = Readonly<Partial<Record<HubspotField, string>>>;

const defaults: Readonly<Record<HubspotField, string>> = {
  score: 'sluice_score',
  tier: 'sluice_tier',
  stage: 'sluice_stage',
  reasons: 'sluice_reasons',
  scoredAt: 'sluice_scored_at',
};

export const fillPropertyNames = ({ properties = {} }: Pick<HubspotOptions, 'properties'>): PropertyNames =>
  Object.fromEntries(
    hubspotFields.flatMap((field) => {
      const given = properties[field];
      return given === null ? [] : [[field, given ?? defaults[field]]];
    }),
  );

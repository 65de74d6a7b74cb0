// The records of the tables' streams that `publish-changes` receives, as filters of its mappings.

import {
  changesAttribute,
  leadSortKeyPrefixes,
  leadSortKeys,
  quarantineHeadKey,
} from '../../shared/keys/index.ts';

/** Ledger entries that decided something: those without changes have nothing to announce. */
export const announcingEntries = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { [changesAttribute]: { S: [{ exists: true }] } } },
};

/** The items that consumers store of a lead: announced when they begin and when they end. */
export const consumerItems = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { sk: { S: [leadSortKeys.nurture, { prefix: leadSortKeyPrefixes.handoff }] } } },
};

/** A scoring model by which leads are judged for the first time. */
export const newModels = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: [leadSortKeys.model] } } },
};

/** An event that is quarantined for the first time; its parts and its count announce nothing. */
export const quarantinedEvents = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: [quarantineHeadKey] } } },
};

// The records of the tables' streams that `publish-changes` receives, as filters of its mappings.

import {
  changesAttribute,
  leadSortKeyPrefixes,
  leadSortKeys,
  quarantineHeadKey,
} from '../../shared/keys/index.ts';

/** The ledger entries with changes. An entry without them has nothing to announce. */
export const announcingEntries = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { [changesAttribute]: { S: [{ exists: true }] } } },
};

/** The items that consumers store about a lead. They are announced when they begin and when they end. */
export const consumerItems = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { sk: { S: [leadSortKeys.nurture, { prefix: leadSortKeyPrefixes.handoff }] } } },
};

/** The scoring models that are stored, because leads are judged by them for the first time. */
export const newModels = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: [leadSortKeys.model] } } },
};

/** The events that are quarantined for the first time. Their parts and their counts announce nothing. */
export const quarantinedEvents = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: [quarantineHeadKey] } } },
};

// The records of the tables' streams that `publish-changes` receives, as filters of its mappings.

import {
  activatingActs,
  changesAttribute,
  driftFindingsAttribute,
  driftPartition,
  leadSortKeyPrefixes,
  leadSortKeys,
  modelHistory,
  quarantineHeadKey,
  subscriptionStateSortKey,
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

/** The entries of the history of models by which a model became active. */
export const activations = {
  eventName: ['INSERT'],
  dynamodb: {
    Keys: { pk: { S: [modelHistory] } },
    NewImage: { act: { S: [...activatingActs] } },
  },
};

/** The checks for drift that have found something. */
export const driftFindingChecks = {
  eventName: ['INSERT'],
  dynamodb: {
    Keys: { pk: { S: [driftPartition] } },
    NewImage: { [driftFindingsAttribute]: { N: [{ exists: true }] } },
  },
};

/** The events that are quarantined for the first time. Their parts and their counts announce nothing. */
export const quarantinedEvents = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: [quarantineHeadKey] } } },
};

/** The subscriptions whose deliveries are paused. Every later change of such an item comes too: its announcement has the same id. */
export const pausedSubscriptions = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: {
    Keys: { sk: { S: [subscriptionStateSortKey] } },
    NewImage: { pausedAt: { S: [{ exists: true }] } },
  },
};

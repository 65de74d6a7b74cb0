// What `publish-changes` is handed of the tables' streams, as filters of its mappings.

/** Ledger entries that decided something: those without changes have nothing to announce. */
export const announcingEntries = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { changes: { S: [{ exists: true }] } } },
};

/** What the consumers keep of a lead: announced when it begins and when it ends. */
export const consumerItems = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { sk: { S: ['NURTURE', { prefix: 'HANDOFF#' }] } } },
};

/** A scoring model by which leads are judged for the first time. */
export const newModels = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: ['MODEL'] } } },
};

/** An event that is quarantined for the first time; its parts and its count announce nothing. */
export const quarantinedEvents = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { sk: { S: ['META'] } } },
};

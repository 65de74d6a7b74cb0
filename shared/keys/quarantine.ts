/** The sort key of the item that describes a quarantined event. */
export const quarantineHeadKey = 'META';

/** The beginnings of the other sort keys of a quarantined event: the parts of its text, and the steps taken on it. */
export const quarantineSortKeyPrefixes = { part: 'PART#', step: 'STEP#' } as const;

/** The attribute with the expiry of an item, in seconds since 1970, after which DynamoDB deletes the item. */
export const expiryAttribute = 'expiresAt';

/** The index by lead. It contains every item that holds something about a lead. */
export const quarantineLeadIndex = { name: 'by-lead', partitionKey: 'leadId' } as const;

/** The sort key of the item that describes a quarantined event. */
export const quarantineHeadKey = 'META';

/** Beginnings of the other sort keys of a quarantined event: the parts of its text, and the steps taken on it. */
export const quarantineSortKeyPrefixes = { part: 'PART#', step: 'STEP#' } as const;

/** The attribute of an item's expiry, in seconds since 1970. DynamoDB deletes the item some time after it. */
export const expiryAttribute = 'expiresAt';

/** The index by lead. It contains every item that holds something of a lead. */
export const quarantineLeadIndex = { name: 'by-lead', partitionKey: 'leadId' } as const;

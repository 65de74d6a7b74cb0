import type { Key } from './leads.ts';

/** The partition, in the table of requests, of what sources have sent last: one item a source. */
export const sourcesPartition = 'SOURCES';

/** Returns the key of the item about a source. */
export const sourceKey = (source: string): Key => ({ pk: sourcesPartition, sk: source });

/** Returns the key of a request of a webhook that was taken in. @param digest of the source and the signature */
export const takenKey = (digest: string): Key => ({ pk: `TAKEN#${digest}`, sk: 'REQUEST' });

import type { Key } from './leads.ts';

/** The key of the one secret by which the cursors of the API are sealed. */
export const cursorSecretKey: Key = { pk: 'SECRET', sk: 'CURSOR' };

/** Returns the key of a request that named an idempotency key. @param digest of the caller and the key */
export const requestKey = (digest: string): Key => ({ pk: `KEY#${digest}`, sk: 'REQUEST' });

/** Returns the key of the item that says which event may change a lead from a version. @param digest of the lead's id */
export const versionClaimKey = (digest: string, version: number): Key => ({
  pk: `VERSION#${digest}`,
  sk: String(version),
});

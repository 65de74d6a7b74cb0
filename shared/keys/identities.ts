import { type Key, leadKey } from './leads.ts';

const identifierPrefix = 'ID#';

/** Returns the key of the item that says which lead an identifier belongs to. @param hash its keyed hash */
export const identifierKey = (hash: string): Key => ({ pk: `${identifierPrefix}${hash}`, sk: 'LEAD' });

/** The partition of the pairs of leads that share an identifier. */
export const pairsPartition = 'PAIRS';

/** Returns the key of the item of two leads that share an identifier, in whichever order they are given. */
export const pairKey = (a: string, b: string): Key => ({
  pk: pairsPartition,
  // No lead id contains a tilde.
  sk: a < b ? `${a}~${b}` : `${b}~${a}`,
});

/** Returns the key of the item that says that a lead has an identifier. One partition holds all those of a lead. */
export const identifiedLeadKey = (leadId: string, hash: string): Key => ({
  pk: leadKey(leadId),
  sk: `${identifierPrefix}${hash}`,
});

/** The beginning of the sort keys by which a partition of a lead has the lead's identifiers. */
export const leadIdentifierPrefix = identifierPrefix;

/** Returns the hash in the sort key of an identifier of a lead. */
export const parseIdentifierHash = (sk: string): string => sk.slice(identifierPrefix.length);

/** Returns the key of the item that says how well a lead is known, and whether it was merged or erased. */
export const identityRecordKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: 'LEAD' });

/** The beginning of the sort keys by which a partition of a lead has the pairs that the lead is in. */
export const leadPairPrefix = 'PAIR#';

/** Returns the key of the item that says that a lead is in a pair with another. */
export const leadPairKey = (leadId: string, other: string): Key => ({
  pk: leadKey(leadId),
  sk: `${leadPairPrefix}${other}`,
});

/** Returns the two leads in the sort key of a pair. */
export const parsePairKey = (sk: string): readonly [string, string] => {
  const [a = '', b = ''] = sk.split('~');
  return [a, b];
};

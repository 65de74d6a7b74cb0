import { hash, randomBytes } from 'node:crypto';
import { base64, bytes, type Item } from '../dynamodb/index.ts';

// Each entry holds the hash of the one before it in the order in which they were committed, and the state holds that of
// the last one. So an edit, removal, addition or reordering of entries breaks the chain.
//
// Personal attributes are hashed as a commitment: their own hash, salted. When they are erased, the commitment replaces
// them, and the chain verifies as before. The salt is erased too: without it nobody can guess what was there.

/**
 * The attributes that remain in an erased entry. All others count as personal, including those of future versions:
 * infra/constructs/item-attributes.ts has to list what an erasure may remove.
 */
const skeleton = ['pk', 'sk', 'version', 'ordinal', 'type', 'source', 'other', 'prev'] as const;
const notCommitted: ReadonlySet<string> = new Set([...skeleton, 'salt', 'commitment']);

const sha256 = (data: string): string => hash('sha256', data, 'base64');

/** Returns every attribute with its type, so that different items never give the same text. */
const typed = (item: Item, names: readonly string[]): unknown[] =>
  names.map((name) => {
    const [type, value] = Object.entries(item[name] ?? {})[0] ?? ['', ''];
    return [name, type, type === 'B' ? Buffer.from(value as Uint8Array).toString('base64') : value];
  });

export const newSalt = (): string => randomBytes(16).toString('base64');

export const isErased = (item: Item): boolean => item.commitment !== undefined;

/** Returns the names of the attributes that an erasure removes from an entry. */
export const personalNames = (item: Item): string[] =>
  Object.keys(item)
    .filter((name) => !notCommitted.has(name))
    .sort();

/**
 * Returns the SHA-256 of an entry's salt and personal attributes, in base64. An erased entry has it as an attribute.
 */
export const computeCommitment = (item: Item): string => {
  if (isErased(item)) return base64(item, 'commitment');
  return sha256(JSON.stringify([base64(item, 'salt'), ...typed(item, personalNames(item))]));
};

/** Returns the SHA-256 of an entry, in base64: the next one's `prev`, or the state's `head`. */
export const hashItem = (item: Item): string =>
  sha256(JSON.stringify([...typed(item, skeleton), computeCommitment(item)]));

/** Returns an entry without its personal attributes, and with the same hash. */
export const erased = (item: Item): Item => {
  if (isErased(item)) return item;
  const left = Object.entries(item).filter(([name]) => skeleton.includes(name as (typeof skeleton)[number]));
  return { ...Object.fromEntries(left), commitment: bytes(computeCommitment(item)) };
};

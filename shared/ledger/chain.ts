import { hash, randomBytes } from 'node:crypto';
import { base64, bytes, type Item } from '../dynamodb/index.ts';

// Each entry holds the hash of the one before it in the order in which they were committed, and the state holds that of
// the last. So whoever edits, removes, adds or reorders entries breaks the chain.
//
// What is personal enters the hash by a commitment: its own hash, salted. Where it is erased, the commitment stays in
// its place, and the chain verifies as before. Without the salt, which goes too, nobody can guess what was there.

/** What stays of an entry when all that is personal is erased. Everything else is personal, what is yet to come too. */
const skeleton = ['pk', 'sk', 'version', 'ordinal', 'type', 'source', 'other', 'prev'] as const;
const notCommitted: ReadonlySet<string> = new Set([...skeleton, 'salt', 'commitment']);

const sha256 = (data: string): string => hash('sha256', data, 'base64');

/** Every attribute with its type, so that no two items are told by the same text. */
const told = (item: Item, names: readonly string[]): unknown[] =>
  names.map((name) => {
    const [type, value] = Object.entries(item[name] ?? {})[0] ?? ['', ''];
    return [name, type, type === 'B' ? Buffer.from(value as Uint8Array).toString('base64') : value];
  });

export const newSalt = (): string => randomBytes(16).toString('base64');

export const isErased = (item: Item): boolean => item.commitment !== undefined;

/** The attributes of an entry that go when it is erased. */
export const personalNames = (item: Item): string[] =>
  Object.keys(item)
    .filter((name) => !notCommitted.has(name))
    .sort();

/** SHA-256 of the salt and what is personal in an entry, in base64; of an erased one, what was kept of it. */
export const commitmentOf = (item: Item): string => {
  if (isErased(item)) return base64(item, 'commitment');
  return sha256(JSON.stringify([base64(item, 'salt'), ...told(item, personalNames(item))]));
};

/** SHA-256 of an entry, in base64: the next one's `prev`, or the state's `head`. */
export const hashOf = (item: Item): string =>
  sha256(JSON.stringify([...told(item, skeleton), commitmentOf(item)]));

/** An entry with nothing personal left, that has the same hash. */
export const erased = (item: Item): Item => {
  if (isErased(item)) return item;
  const kept = Object.entries(item).filter(([name]) => skeleton.includes(name as (typeof skeleton)[number]));
  return { ...Object.fromEntries(kept), commitment: bytes(commitmentOf(item)) };
};

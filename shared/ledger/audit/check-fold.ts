import { canonical, type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import type { Lead } from '../../lead/index.ts';
import { parseLead, stateItem } from '../state-items.ts';
import type { Finding } from './finding.ts';

type Bag = Readonly<Record<string, unknown>>;

const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const told = (value: unknown): string => (value === undefined ? '' : canonical(value));

/** Names of what differs, as deep as there are names: `facts.attributes.seniority`. */
const differing = (stored: Bag, folded: Bag, prefix = ''): string[] =>
  [...new Set([...Object.keys(stored), ...Object.keys(folded)])].sort().flatMap((name) => {
    const [a, b] = [stored[name], folded[name]];
    if (told(a) === told(b)) return [];
    return isBag(a) && isBag(b) ? differing(a, b, `${prefix}${name}.`) : [`${prefix}${name}`];
  });

/** All of a state item but its head, parsed, and its raw attributes where they mean something of their own. */
const comparable = (item: Item): Bag => {
  const { head: _head, ...lead } = parseLead(item);
  return { ...lead, ...(item.tierKey !== undefined && { tierKey: item.tierKey.S }) };
};

const stateDiffers = (sentence: string): Finding => ({ code: 'state-differs', sentence });

/** What stands in the state beside what belongs there. */
const strangers = (stored: Item, folded: Item): string[] =>
  Object.keys(stored).filter((name) => !(name in folded) && name !== 'tierKey');

/** Compares a stored state exactly with what its ledger folds to (I2), and names what differs. */
export const checkFold = (stored: Item, lead: Lead): Finding[] => {
  const folded = stateItem(lead, stored.head?.B && Buffer.from(stored.head.B).toString('base64'));
  try {
    const names = [...differing(comparable(stored), comparable(folded))];
    const all = [...new Set([...names, ...strangers(stored, folded)])];
    if (all.length === 0) return [];
    return [stateDiffers(`the stored state is not what the ledger folds to: ${all.join(', ')}`)];
  } catch (error) {
    if (!(error instanceof UnreadableItemError)) throw error;
    return [stateDiffers("the stored state can't be read, though its version and head can")];
  }
};

import { isObject } from '../../../events/index.ts';
import { canonical, type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import type { Lead } from '../../lead/index.ts';
import { parseLead, stateItem } from '../state-items.ts';
import type { Finding } from './finding.ts';

type Bag = Readonly<Record<string, unknown>>;

const formatCanonical = (value: unknown): string => (value === undefined ? '' : canonical(value));

/** Returns the full names of the values that differ, such as `facts.attributes.seniority`. */
const differingNames = (stored: Bag, folded: Bag, prefix = ''): string[] =>
  [...new Set([...Object.keys(stored), ...Object.keys(folded)])].sort().flatMap((name) => {
    const [a, b] = [stored[name], folded[name]];
    if (formatCanonical(a) === formatCanonical(b)) return [];
    return isObject(a) && isObject(b) ? differingNames(a, b, `${prefix}${name}.`) : [`${prefix}${name}`];
  });

/** The attributes of a state that don't come from the fold of its ledger as they are. */
const notFolded: ReadonlySet<string> = new Set(['tierKey', 'dueAt', 'dueKey', 'shadow']);

/** Parses a state item without its head, its due time and its shadow, and with the key of its tier as it is stored. */
const comparable = (item: Item): Bag => {
  const { head: _head, dueAt: _dueAt, dueKey: _dueKey, shadow: _shadow, ...lead } = parseLead(item);
  return { ...lead, ...(item.tierKey !== undefined && { tierKey: item.tierKey.S }) };
};

const stateDiffers = (sentence: string): Finding => ({ code: 'state-differs', sentence });

/** Returns the names of stored attributes that the fold doesn't have. */
const unknownNames = (stored: Item, folded: Item): string[] =>
  Object.keys(stored).filter((name) => !(name in folded) && !notFolded.has(name));

/**
 * Compares a stored state exactly with the fold of its ledger (I2), and names what differs.
 *
 * @param lead undefined if the ledger can't be folded: then only a lost state is found
 */
export const checkFold = (stored: Item | undefined, lead: Lead | undefined): Finding[] => {
  if (stored === undefined)
    return [stateDiffers('there are entries but no state: it was deleted, and `sluice rebuild` restores it')];
  if (lead === undefined) return [];
  const folded = stateItem(lead, stored.head?.B && Buffer.from(stored.head.B).toString('base64'));
  try {
    const differing = differingNames(comparable(stored), comparable(folded));
    const names = [...new Set([...differing, ...unknownNames(stored, folded)])];
    if (names.length === 0) return [];
    return [stateDiffers(`the stored state is not what the ledger folds to: ${names.join(', ')}`)];
  } catch (error) {
    if (!(error instanceof UnreadableItemError)) throw error;
    return [stateDiffers("the stored state can't be read, though its version and head can")];
  }
};

import { type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import { hashItem } from '../chain.ts';

/** Returns the hash of an entry, in base64; undefined if the entry isn't one that this code writes. */
export const hashIfReadable = (item: Item): string | undefined => {
  try {
    return hashItem(item);
  } catch (error) {
    if (error instanceof UnreadableItemError) return undefined;
    throw error;
  }
};

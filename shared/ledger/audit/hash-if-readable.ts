import { type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import { hashOf } from '../chain.ts';

/** The hash of an entry, in base64; undefined where something is not as this code writes it. */
export const hashIfReadable = (item: Item): string | undefined => {
  try {
    return hashOf(item);
  } catch (error) {
    if (error instanceof UnreadableItemError) return undefined;
    throw error;
  }
};

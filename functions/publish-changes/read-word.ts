import { type Item, text, UnreadableItemError } from '../../shared/dynamodb/index.ts';

/** Reads an attribute that holds one of a list of words. @throws UnreadableItemError if it holds any other */
export const readWord = <Word extends string>(item: Item, name: string, words: readonly Word[]): Word => {
  const given = text(item, name);
  const word = words.find((allowed) => allowed === given);
  if (word === undefined) throw new UnreadableItemError(item, name);
  return word;
};

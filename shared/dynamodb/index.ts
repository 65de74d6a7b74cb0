export {
  B,
  base64,
  bytes,
  type Item,
  json,
  largestItem,
  measureItem,
  N,
  number,
  readOneOf,
  S,
  text,
  truth,
  UnreadableItemError,
} from './attributes.ts';
export { canonical } from './canonical.ts';
export { isConflict, transact, transactPatiently, whenConditionHolds } from './conditional.ts';
export { getItems, type TableProps } from './get-items.ts';
export { type IndexKey, listIndexKeys, readIndexPage } from './index-keys.ts';
export { packed, unpacked } from './packed.ts';
export { selectAttributes } from './projection.ts';
export { buildInsert, buildUpdate, buildUpsert, type ItemUpdate, isNew, updateIf } from './update.ts';

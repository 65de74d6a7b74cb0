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
export { transact, transactPatiently, whenConditionHolds } from './conditional.ts';
export { getItems, type TableProps } from './get-items.ts';
export { packed, unpacked } from './packed.ts';
export { buildInsert, buildUpdate, type ItemUpdate, updateIf } from './update.ts';

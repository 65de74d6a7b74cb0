export {
  B,
  base64,
  bytes,
  type Item,
  json,
  largestItem,
  N,
  number,
  S,
  sizeOf,
  text,
  truth,
  UnreadableItemError,
} from './attributes.ts';
export { canonical } from './canonical.ts';
export { transact, whenConditionHolds } from './conditional.ts';
export { getItems, type TableProps } from './get-items.ts';
export { packed, unpacked } from './packed.ts';
export { putOf, updateOf, type Write, writeIf } from './update.ts';

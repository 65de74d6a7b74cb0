export {
  type Item,
  json,
  largestItem,
  N,
  number,
  S,
  sizeOf,
  text,
  UnreadableItemError,
} from './attributes.ts';
export { createDynamoDbLedger, type LedgerProps, readCancellation, writesOf } from './dynamodb-ledger.ts';
export {
  causeFields,
  type OpenHandoff,
  openHandoffs,
  positionOf,
  putOf,
  updateOf,
  type Write,
  writeIf,
} from './follow-ups.ts';
export {
  canonical,
  contentOf,
  type EntryContent,
  itemsOf,
  type LedgerEntry,
  parseEntry,
  parseState,
  sameContent,
  stateItem,
} from './items.ts';
export * from './keys.ts';
export { type Appended, type Ledger, mostEvents } from './ledger.ts';
export { createDynamoDbQuarantine, type Quarantine, type Rejected, readableOf } from './quarantine.ts';
export { fullJitter, type Wait, wait } from './wait.ts';

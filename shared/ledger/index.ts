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
export * from './audit/index.ts';
export { commitmentOf, erased, hashOf, isErased, personalNames } from './chain.ts';
export { canonical, contentOf, type EntryContent, sameContent } from './content.ts';
export { createDynamoDbLedger, readCancellation, writesOf } from './dynamodb-ledger.ts';
export {
  type ClosingEntry,
  type DecidedEntry,
  type EntryPlace,
  type EntryStanding,
  type ErasedEntry,
  isSecondEntry,
  type LedgerEntry,
  parseEntry,
} from './entry-items.ts';
export {
  createDynamoDbEraser,
  type EntriesErased,
  isPersonalEntry,
  type LedgerEraser,
  mergedLeadIn,
} from './erase-entries.ts';
export {
  createDynamoDbFollowUps,
  type FollowUps,
  type HandoffRequest,
  type HandoffVerdict,
  type Noted,
  type Opened,
  positionOf,
} from './follow-ups/index.ts';
export type { TableProps } from './get-items.ts';
export {
  assertSameModel,
  createDynamoDbModels,
  type KeptModels,
  ModelVersionTakenError,
  modelItem,
  parseModelItem,
} from './kept-models.ts';
export * from './keys.ts';
export { type Appended, type Ledger, mostEvents } from './ledger.ts';
export { type CommitItems, type PreparedCommit, prepareCommit } from './prepare-commit.ts';
export * from './quarantine/index.ts';
export { parseLead, type StoredLead, stateItem } from './state-items.ts';
export { fullJitter, type Wait, wait } from './wait.ts';

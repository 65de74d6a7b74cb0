export * from './audit/index.ts';
export { commitmentOf, erased, hashOf, isErased, personalNames } from './chain.ts';
export { contentOf, type EntryContent, sameContent } from './content.ts';
export { createDynamoDbLedger, readCancellation, writesOf } from './dynamodb-ledger.ts';
export {
  type ClosingEntry,
  type DecidedEntry,
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
export { type Appended, type Ledger, mostEvents } from './ledger.ts';
export { type CommitItems, type PreparedCommit, prepareCommit } from './prepare-commit.ts';
export { parseLead, type StoredLead, stateItem } from './state-items.ts';

export * from './audit/index.ts';
export { computeCommitment, erased, hashItem, isErased, personalNames } from './chain.ts';
export { buildContent, type EntryContent, sameContent } from './content.ts';
export { buildWrites, createDynamoDbLedger, readCancellation } from './dynamodb-ledger.ts';
export {
  type DecidedEntry,
  type EntryStanding,
  isSecondEntry,
  type LedgerEntry,
  parseEntry,
} from './entry-items.ts';
export {
  createDynamoDbEraser,
  findMergedLead,
  isPersonalEntry,
  type LedgerEraser,
} from './erase-entries.ts';
export { type Appended, type Ledger, mostEvents } from './ledger.ts';
export { createDynamoDbErasureReader, type ErasureReader } from './merged-leads.ts';
export { type PreparedCommit, prepareCommit } from './prepare-commit.ts';
export { mergeCycle, mergeWithErased, tooLarge, unknownLead } from './rejections.ts';
export { parseLead, type StoredLead, stateItem } from './state-items.ts';

export { type BucketReader, createBucketReader } from './bucket-reader.ts';
export { findLastRun, verifyRun } from './last-run.ts';
export { findLeadAnchor } from './lead-anchor.ts';

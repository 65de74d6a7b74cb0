export {
  advanceTo,
  catchUp,
  clockEvent,
  jumpTo,
  type TimedChange,
} from './advance.ts';
export type { Change, Closing, TierChange } from './changes.ts';
export { erase, merge, redact, type Subject } from './close.ts';
export type {
  ClosingEvent,
  Commit,
  DecidedEvent,
  RecordedEvent,
} from './commit.ts';
export { dayHorizon } from './daily-counts.ts';
export { decide } from './decide.ts';
export { buildCommit, decideAll } from './decide-all.ts';
export { findDue } from './due.ts';
export { evolve, withAnswers } from './evolve.ts';
export { createRejudge, judge } from './judge.ts';
export {
  type ClockAdvance,
  type JudgedEvent,
  type LeadEvent,
  type Merging,
  toLeadEvent,
} from './lead-event.ts';
export { mergeFacts } from './merge-facts.ts';
export { findNextChange } from './next-change.ts';
export { computeRetentionEnd } from './retention.ts';
export { type AnswersSignal, type SignalEvent, toSignal } from './signal.ts';
export {
  type Due,
  type ErasedLead,
  isClosed,
  isListed,
  type Lead,
  type LeadState,
  type LedgerEnd,
  type Standing,
  type StoredState,
} from './state.ts';

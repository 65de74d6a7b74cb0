export type { Change, Closing, StageChange, TierChange } from './changes.ts';
export { erase, type MergeCommits, merge, redact, type Subject } from './close.ts';
export type {
  ClosingEvent,
  Commit,
  Decided,
  DecidedEvent,
  RecordedEvent,
  RedactedEvent,
} from './commit.ts';
export { dayHorizon } from './daily-counts.ts';
export { type Decision, decide, decideAll } from './decide.ts';
export { evolve } from './evolve.ts';
export { type Judgement, judge } from './judge.ts';
export {
  type ErasureRequest,
  type JudgedEvent,
  type LeadEvent,
  type Merging,
  type Rescoring,
  toLeadEvent,
} from './lead-event.ts';
export { mergeFacts } from './merge-facts.ts';
export { type AnswersSignal, type RecordedAnswer, type SignalEvent, toSignal } from './signal.ts';
export {
  type ClosedLead,
  type ErasedLead,
  isClosed,
  type Lead,
  type LeadState,
  type LedgerEnd,
  type MergedLead,
  noLedger,
  type Standing,
} from './state.ts';

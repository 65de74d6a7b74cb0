export {
  advanceTo,
  catchUp,
  clockEvent,
  isOvertaken,
  jumpTo,
  type TimedChange,
} from './advance.ts';
export type { Change, Closing, ScoreChange, TierChange } from './changes.ts';
export { erase, merge, redact, type Subject } from './close.ts';
export type {
  ClosingEvent,
  Commit,
  DecidedEvent,
  RecordedEvent,
} from './commit.ts';
export { prepareConsent } from './consent.ts';
export { dayHorizon } from './daily-counts.ts';
export { decide } from './decide.ts';
export { buildCommit, decideAll } from './decide-all.ts';
export { computeSettling, findDue } from './due.ts';
export { evolve, withAnswers } from './evolve.ts';
export { createRejudge, judge, judgeLater } from './judge.ts';
export {
  type ClockAdvance,
  type JudgedEvent,
  type LeadEvent,
  type Merging,
  toLeadEvent,
} from './lead-event.ts';
export { mergeFacts } from './merge-facts.ts';
export { findNextChange, findNextMove } from './next-change.ts';
export { findOverride, findOverrideEnd } from './override.ts';
export { computeRetentionEnd } from './retention.ts';
export { judgeByShadow } from './shadow.ts';
export { type AnswersSignal, type SignalEvent, toSignal } from './signal.ts';
export {
  type Due,
  type ErasedLead,
  isClosed,
  isListed,
  type Lead,
  type LeadState,
  type LedgerEnd,
  modelTierOf,
  type Shadowed,
  type Standing,
  type StoredState,
} from './state.ts';

export type { Change, StageChange, TierChange } from './changes.ts';
export { type Commit, type Decided, type DecidedEvent, type Decision, decide, decideAll } from './decide.ts';
export { dayHorizon, evolve } from './evolve.ts';
export { type Judgement, judge } from './judge.ts';
export { type AnswersSignal, type RecordedAnswer, type SignalEvent, signalOf } from './signal.ts';
export type { Disqualification, LeadState, Standing } from './state.ts';

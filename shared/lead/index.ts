export type { Change, StageChange, TierChange } from './changes.ts';
export { type Commit, type Decided, type DecidedEvent, type Decision, decide, decideAll } from './decide.ts';
export { dayHorizon, evolve, type SignalEvent } from './evolve.ts';
export { type Judgement, judge } from './judge.ts';
export type { Disqualification, LeadState, Standing } from './state.ts';

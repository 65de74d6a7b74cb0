export { type AnswerOutcome, askNext, type NextQuestion, type NextQuestions } from './ask-next.ts';
export type { Change, Done, Said } from './change.ts';
export type { Effort } from './options.ts';
export type { Outcome } from './outcome.ts';
export type { Potential } from './potential.ts';
export type {
  Goal,
  PairsSearched,
  RequiredChange,
  RequiredSet,
  Requirements,
  Shortfall,
} from './requirements.ts';
export { type RequirementOptions, whatWouldHaveToBeTrue } from './what-would-have-to-be-true.ts';

export { type AnswerOutcome, askNext, type NextQuestion, type NextQuestions } from './ask-next.ts';
export type { Change, Done, Said } from './change.ts';
export type { Effort } from './levers.ts';
export type { Outcome } from './outcome.ts';
export type { Potential } from './potential.ts';
export {
  type Goal,
  type RequiredChange,
  type RequiredSet,
  type RequirementOptions,
  type Requirements,
  whatWouldHaveToBeTrue,
} from './what-would-have-to-be-true.ts';

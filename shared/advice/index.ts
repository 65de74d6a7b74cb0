export { type AnswerOutcome, askNext, type NextQuestion, type NextQuestions } from './ask-next.ts';
export type { Change, Said } from './change.ts';
export type { Confirmation } from './confirm.ts';
export { createNames, type Names } from './names.ts';
export type { Outcome } from './outcome.ts';
export type {
  Goal,
  RequiredChange,
  RequiredSet,
  Requirements,
  Shortfall,
} from './requirements.ts';
export { whatWouldHaveToBeTrue } from './what-would-have-to-be-true.ts';
export { listWithoutPoints, type WithoutPoints } from './without-points.ts';

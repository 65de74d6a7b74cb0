export {
  type Candidate,
  type Candidates,
  createCandidatesAfter,
} from './candidates/candidates.ts';
export type { NumberRange } from './candidates/number-classes.ts';
export type { CountRange } from './candidates/wordings.ts';
export { type CheckedModel, checkModel } from './check/check-model.ts';
export { modelLimits } from './check/extent.ts';
export { questionsBehind } from './compile/answering.ts';
export { findApplied } from './compile/applied.ts';
export type { CompiledCriterion } from './compile/criterion.ts';
export { listFactNames } from './compile/decay.ts';
export { compileModel, type ScoringModel } from './compile/model.ts';
export { computeFullPoints, computePoints } from './compile/rule.ts';
export { collectConditions, collectCriterionPaths } from './document/condition-paths.ts';
export type { Calendar, Deadlines, ExpiryStepDocument } from './document/deadlines.ts';
export { listQueues, listTracks } from './document/destinations.ts';
export { listFiguresRead } from './document/figures-read.ts';
export { isExampleFigure, type LaneFigure, laneFigures } from './document/lane-figures.ts';
export { letters } from './document/letters.ts';
export { type ModelDocument, modelDocument } from './document/model.ts';
export { conditionsBehind, listReads, type Read } from './document/reads.ts';
export { isReader, listInner, listParts, type Reader } from './document/walk.ts';
export { type Affected, createReevaluate, type Evaluation, evaluate, round } from './evaluate.ts';
export type { SaidAt } from './explain/ages.ts';
export { type DimensionExplanation, type Explanation, explain } from './explain/explain.ts';
export { describeDecay } from './explain/points-left.ts';
export type { Possibility } from './explain/possibilities.ts';
export { type CountedReason, collectReasons } from './explain/reasons.ts';
export * from './facts.ts';
export { checkText, InvalidModelError, parseModel } from './parse-model.ts';
export { computeSituation, read, readSituation } from './read.ts';
export { type Lane, type Reading, yes } from './reading.ts';
export { freeze, type Stretch } from './trajectory/freeze.ts';
export { listCuts } from './trajectory/list-cuts.ts';
export {
  createFindUnread,
  listNamesRead,
  type Said,
  type Unread,
} from './unread/find-unread.ts';
export { listSaid } from './unread/list-said.ts';
export { collectLongestWindows } from './unread/longest-windows.ts';
export { foldCase } from './values/fold-case.ts';
export { isSameLiteral } from './values/literals.ts';
export { isBlank, normaliseText, normaliseValue } from './values/normalise.ts';
export { readBoolean, readNumber } from './values/read-plain.ts';
export { compileWords, hasWords } from './values/words.ts';
export { measureWording } from './wording.ts';

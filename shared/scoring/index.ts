export { type CheckedModel, checkModel, modelLimits } from './check.ts';
export { compileModel, type ScoringModel } from './compile.ts';
export type { Reading } from './compile-condition.ts';
export { type Evaluation, evaluate, read } from './evaluate.ts';
export {
  type DimensionExplanation,
  type Explanation,
  explain,
  type Possibility,
  reasonsOf,
} from './explain.ts';
export * from './facts.ts';
export { type Letter, letters } from './letters.ts';
export { type ModelDocument, modelDocument } from './model.ts';
export { InvalidModelError, parseModel } from './parse-model.ts';

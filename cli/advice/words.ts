import type { NextQuestions, Requirements } from '../../shared/advice/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { askNextWords } from './ask-next-words.ts';
import { requirementWords } from './requirement-words.ts';

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/**
 * Returns advice as text for people in marketing and sales: what to ask next, and what would have to be true for the
 * next tier.
 *
 * @param most how many of the questions
 */
export const adviceWords = (
  model: ScoringModel,
  next: NextQuestions,
  requirements: Requirements,
  most = 10,
): string[] => [
  'What to ask next:',
  ...indented(askNextWords(model, next, most)),
  '',
  'What would have to be true:',
  ...indented(requirementWords(model, requirements)),
];

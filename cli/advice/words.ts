import type { NextQuestions, Requirements } from '../../shared/advice/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { heading, indented, type Line } from '../output/line.ts';
import { askNextWords } from './ask-next-words.ts';
import { requirementWords } from './requirement-words.ts';

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
): Line[] => [
  heading('What to ask next:'),
  ...indented(askNextWords(model, next, most)),
  '',
  heading('What would have to be true:'),
  ...indented(requirementWords(model, requirements)),
];

import type { LeadState } from '../../shared/lead/index.ts';
import type { Explanation, Possibility } from '../../shared/scoring/index.ts';
import { heading, type Line } from '../output/line.ts';
import { dimensionWords, rounded, signed } from './dimension-words.ts';
import { sectionWords } from './section-words.ts';
import { standingWords } from './standing-words.ts';

const line = (weight: number, words: string): string => `    ${signed(weight).padStart(5)}  ${words}`;

const possibilityWords = ({ weight, text, given, points, known, left }: Possibility): string => {
  // A criterion that takes points away can only stop doing so.
  const takesAway = given < 0 && given + points <= 0;
  if (left !== undefined) return line(weight, `if it were heard anew that the lead ${text} (${left.words})`);
  const condition = takesAway ? `if it were no longer true that the lead ${text}` : `if the lead ${text}`;
  const remark = !known
    ? ' (nobody has asked yet)'
    : given > 0
      ? ` (gives ${rounded(given)} of ${rounded(given + points)} so far)`
      : '';
  return line(weight, `${condition}${remark}`);
};

const possibleWords = ({ possible }: Explanation, most: number): string[] => {
  const helpful = possible.filter(({ weight }) => weight > 0);
  if (helpful.length === 0) return ['    nothing: every criterion gives its most'];
  const left = helpful.length - most;
  const lines = helpful.slice(0, most).map(possibilityWords);
  return left > 0 ? [...lines, `    and ${left} more that weigh less`] : lines;
};

/**
 * Returns an explanation in sentences for people in marketing and sales: stage, tier and action of the lead, every
 * point that counts, and what could still raise the score.
 *
 * @param time sentences on the instant as of which it stands so, and on what happens next by itself
 * @param most how many of the possibilities to list, the heaviest first
 */
export const explainInWords = (
  state: LeadState,
  explanation: Explanation,
  { time = [], most = 8 }: { readonly time?: readonly string[]; readonly most?: number } = {},
): Line[] => [
  ...standingWords(state, time),
  '',
  heading('Where the score comes from:'),
  ...explanation.dimensions.flatMap((dimension) => dimensionWords(dimension, explanation)),
  ...sectionWords(explanation),
  '',
  heading(
    state.disqualification === undefined
      ? 'What could raise it most:'
      : 'What could raise it most, though it would stay disqualified:',
  ),
  ...possibleWords(explanation, most),
];

import type { Action } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import {
  type DimensionExplanation,
  type Explanation,
  letters,
  type Possibility,
} from '../../shared/scoring/index.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

export const actionWords = (action: Action): string => {
  switch (action.kind) {
    case 'none':
      return 'nothing is to be done';
    case 'nurture':
      return `it is nurtured on track "${action.track}"`;
    case 'handoff':
      return `it is handed off to "${action.queue}", to be answered within ${action.dueHours} hours`;
    default:
      return action satisfies never;
  }
};

const standingWords = (state: LeadState): string[] => {
  const { leadId, stage, tier, score, coverage, modelVersion } = state;
  const lines = [
    `${leadId} is at stage ${stage} and its tier is ${tier}: it scores ${score} of 100, knowing ${percent(coverage)} of what the score asks for (model ${modelVersion}).`,
  ];
  if (state.disqualification !== undefined) {
    lines.push(`It is disqualified, since it ${state.disqualification.text}.`);
  }
  if (state.status === 'recycled') lines.push('Sales gave it back, and nothing has moved it on since.');
  lines.push(
    `By the policy ${actionWords(state.action)}. Last heard of ${new Date(state.facts.seen).toISOString()}, version ${state.version}.`,
  );
  return lines;
};

const dimensionWords = (dimension: DimensionExplanation, { counted, stage }: Explanation): string[] => {
  const { title, score, share, contribution, base, uncounted } = dimension;
  const head =
    share === 0
      ? `  ${title}: ${score} of 100, which does not count at stage ${stage}`
      : `  ${title}: ${score} of 100, counts ${percent(share)} at stage ${stage} and gives ${contribution}`;
  const reasons = counted
    .filter((reason) => reason.dimension === dimension.dimension)
    .map(({ points, text }) => `    ${signed(points).padStart(4)}  the lead ${text}`);
  const notes = [
    ...(base > 0 ? [`    ${signed(base).padStart(4)}  to begin with`] : []),
    ...(uncounted === 0
      ? []
      : [`    ${signed(-uncounted).padStart(4)}  cut off, since a dimension ends at 0 and 100`]),
  ];
  return [head, ...notes.slice(0, base > 0 ? 1 : 0), ...reasons, ...notes.slice(base > 0 ? 1 : 0)];
};

const possibilityWords = ({ weight, text, given, points, known }: Possibility): string => {
  const remark = !known
    ? ' (nobody has asked yet)'
    : given > 0
      ? ` (gives ${given} of ${given + points} so far)`
      : '';
  return `    ${signed(weight).padStart(5)}  if the lead ${text}${remark}`;
};

const possibleWords = ({ possible }: Explanation, most: number): string[] => {
  const helpful = possible.filter(({ weight }) => weight > 0);
  const left = helpful.length - most;
  const lines = helpful.slice(0, most).map(possibilityWords);
  return left > 0 ? [...lines, `    and ${left} more that weigh less`] : lines;
};

const bantWords = ({ bant }: Explanation): string[] => {
  if (bant === undefined) return [];
  const each = letters.map((letter) => `${letter} ${bant[letter]}`).join(', ');
  return [`BANT: ${each}; all in all ${bant.met}.`];
};

/**
 * An explanation as sentences for people in marketing and sales: how the lead stands, every point that counts, and
 * what could still raise the score.
 *
 * @param most how many of the possibilities to list, the heaviest first
 */
export const explainInWords = (state: LeadState, explanation: Explanation, most = 8): string[] => [
  ...standingWords(state),
  '',
  'Where the score comes from:',
  ...explanation.dimensions.flatMap((dimension) => dimensionWords(dimension, explanation)),
  ...bantWords(explanation),
  '',
  'What could raise it most:',
  ...(explanation.possible.some(({ weight }) => weight > 0)
    ? possibleWords(explanation, most)
    : ['    nothing; it is at its best']),
];

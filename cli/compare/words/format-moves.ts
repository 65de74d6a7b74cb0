import { rounded } from '../../explain/dimension-words.ts';
import type { Line } from '../../output/line.ts';
import { shortAction } from '../../people/action-words.ts';
import type { Move } from '../comparison.ts';
import { reasonWords } from './reason-words.ts';

/** Returns how a lead moves, in a line. */
const moveWords = ({ leadId, standings: { a, b }, moved }: Move): string => {
  const parts = [
    ...(moved.includes('tier') ? [`${a.tier} → ${b.tier}`] : [`${a.tier} by both`]),
    ...(a.score === b.score ? [] : [`score ${rounded(a.score)} → ${rounded(b.score)}`]),
    ...(moved.includes('action') ? [`action ${shortAction(a.action)} → ${shortAction(b.action)}`] : []),
  ];
  return `  ${leadId}: ${parts.join(', ')}`;
};

const formatMove = (move: Move): string[] => [
  moveWords(move),
  ...move.reasons.map((reason) => `    ${reasonWords(reason)}`),
  ...(move.reasonsLeft > 0 ? [`    and ${move.reasonsLeft} more that weigh less`] : []),
];

/** Formats the leads that move most, each with the reasons. */
export const formatMoves = (moves: readonly Move[], most: number, all: number): Line[] => {
  const shown = moves.slice(0, most);
  const left = all - shown.length;
  return [
    ...shown.flatMap(formatMove),
    ...(left > 0 ? [`  and ${left} more; --csv FILE writes all of them`] : []),
  ];
};

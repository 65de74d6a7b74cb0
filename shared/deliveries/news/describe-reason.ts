import type { ScoreReason } from '../../../events/index.ts';

/** Describes a reason of a score, which usually speaks for the lead. */
export const describeReason = ({ text, weight }: Pick<ScoreReason, 'text' | 'weight'>): string =>
  weight < 0 ? `${text} (counts against it)` : text;

import type { ScoringModel } from '../scoring/index.ts';
import type { LeadState } from './state.ts';

/** Scores have two decimals: their difference is compared in whole hundredths, so that no fraction of one counts. */
const hundredths = (points: number): number => Math.round(points * 100);

/** Returns whether a score differs from the announced one by as many points as the policy names. */
const isFar = (points: number, announced: number, score: number): boolean =>
  Math.abs(hundredths(score - announced)) >= hundredths(points);

/**
 * Returns whether the policy asks to announce a score. If the announced score isn't known, since the model before
 * didn't ask for it, the score is announced once.
 */
export const isScoreNews = (
  { document }: ScoringModel,
  { announcedScore }: Pick<LeadState, 'announcedScore'>,
  score: number,
): boolean => {
  const points = document.policy.announceScore?.points;
  if (points === undefined) return false;
  return announcedScore === undefined || isFar(points, announcedScore, score);
};

/**
 * Returns a function that says whether a later score of a lead stays so near to the announced one that it isn't
 * announced; undefined if the policy announces none. If the announced score isn't known, the score that the lead has counts
 * as announced.
 */
export const createIsNear = (
  { document }: ScoringModel,
  { announcedScore, score: now }: Pick<LeadState, 'announcedScore' | 'score'>,
): ((score: number) => boolean) | undefined => {
  const points = document.policy.announceScore?.points;
  const announced = announcedScore ?? now;
  return points === undefined ? undefined : (score) => !isFar(points, announced, score);
};

/** The part of a decision that may move the announced score. */
interface Result {
  readonly standing: Pick<LeadState, 'score'>;
  readonly changes: readonly { readonly type: string }[];
  readonly silent?: true;
}

/**
 * Returns the announced score after a decision, as a field of the state. Only a policy that announces scores needs it.
 * Every announcement of a standing has the score, whatever it announces; the deadline of a hand-off is none.
 *
 * @param before the announced score before the decision
 */
export const announcedScoreAfter = (
  { document }: ScoringModel,
  before: number | undefined,
  { standing, changes, silent }: Result,
): Pick<LeadState, 'announcedScore'> => {
  if (document.policy.announceScore === undefined) return {};
  const isAnnounced = !silent && changes.some(({ type }) => type !== 'HandoffDeadlineMoved');
  const announcedScore = isAnnounced ? standing.score : before;
  return announcedScore === undefined ? {} : { announcedScore };
};

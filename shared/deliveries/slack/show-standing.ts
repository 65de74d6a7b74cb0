import type { Stage } from '../../../events/index.ts';

/** The stages of the funnel in the words of sales, as they follow "is now". */
const stageWords: Readonly<Record<Stage, string>> = {
  subscriber: 'a subscriber',
  lead: 'a lead',
  mql: 'marketing qualified (MQL)',
  sql: 'sales qualified (SQL)',
  opportunity: 'an opportunity',
  customer: 'a customer',
};

export const showStage = (stage: Stage): string => stageWords[stage];

/** Shows points, with one decimal at most. */
export const showPoints = (points: number): string => `${Math.round(points * 10) / 10}`;

export const showScore = (score: number | undefined): string | undefined =>
  score === undefined ? undefined : `${showPoints(score)} of 100`;

/** Shows in brackets what is known of something; nothing if nothing is. */
export const showAside = (...known: readonly (string | undefined)[]): string => {
  const shown = known.filter((one) => one !== undefined && one !== 'none').join(', ');
  return shown === '' ? '' : ` (${shown})`;
};

import { locale, texts } from '../texts/texts.ts';

/** Returns a score as it is shown: without decimals. */
export const formatScore = (score: number): string => Math.round(score).toLocaleString(locale.value);

/** Shows a score of 0 to 100 as a number and a bar. */
export const ScoreMeter = ({ score }: { readonly score: number }) => (
  <span class="score">
    <span aria-hidden="true" class="score-track">
      <span class="score-fill" style={{ width: `${Math.max(0, Math.min(100, score))}%` }} />
    </span>
    <span class="score-number" title={texts.value.words.scoreOf(formatScore(score))}>
      {formatScore(score)}
    </span>
  </span>
);

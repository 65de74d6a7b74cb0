import { formatNumber } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import { DimensionBar } from './dimension-bar.tsx';

/** Shows where the points of a lead come from: a bar for each dimension, that opens into its criteria. */
export const Points = ({ lead }: { readonly lead: LeadAnswer }) => {
  const { dimensions, counted, possible, modelVersion, score, stage } = lead.explanation;
  const t = texts.value.lead.points;
  return (
    <section class="card points-card" aria-labelledby="points">
      <h2 id="points">{t.title}</h2>
      <p class="muted">
        {t.sum(formatNumber(score), texts.value.words.stages[stage])}{' '}
        <span class="nowrap">{t.model(modelVersion)}</span>
      </p>
      {dimensions.map((dimension, index) => (
        <DimensionBar
          key={dimension.dimension}
          dimension={dimension}
          index={index}
          counted={counted.filter((one) => one.dimension === dimension.dimension)}
          possible={possible.filter((one) => one.dimension === dimension.dimension)}
        />
      ))}
    </section>
  );
};

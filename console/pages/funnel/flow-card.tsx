import { hrefOf } from '../../app/route.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { CountedLeads } from './counted-leads.tsx';
import { FigureLink } from './figure-link.tsx';
import { FlowPictureView } from './flow-picture.tsx';
import { countTierChanges, type Flow, type FunnelAnswer, type TierChanges, tiersFromBest } from './flows.ts';
import { presets } from './period.ts';

const Legend = () => (
  <p class="row funnel-legend">
    <span class="muted">{texts.value.funnel.legend}</span>
    {tiersFromBest.map((tier) => (
      <TierBadge key={tier} tier={tier} />
    ))}
  </p>
);

const NoMoves = () => {
  const t = texts.value.funnel;
  return (
    <div class="funnel-no-moves">
      <p>{t.noMoves}</p>
      <p>
        <a href={hrefOf('funnel', { days: String(Math.max(...presets)) })}>{t.showYear}</a>
      </p>
    </div>
  );
};

const TierChangesLine = ({ better, worse }: TierChanges) => {
  const t = texts.value.funnel;
  return (
    <p class="muted">
      {t.tierChanged}{' '}
      <FigureLink counted={{ figure: 'improved' }} count={better}>
        {t.forBetter(formatNumber(better))}
      </FigureLink>
      {', '}
      <FigureLink counted={{ figure: 'worsened' }} count={worse}>
        {t.forWorse(formatNumber(worse))}
      </FigureLink>
    </p>
  );
};

interface FlowCardProps {
  readonly funnel: FunnelAnswer;
  readonly flows: readonly Flow[];
}

/** Shows how leads moved from stage to stage. */
export const FlowCard = ({ funnel, flows }: FlowCardProps) => {
  const t = texts.value.funnel;
  const { better, worse } = countTierChanges(funnel.days);
  return (
    <section class="card" aria-labelledby="funnel-flows">
      <div class="row spread">
        <h2 id="funnel-flows">{t.flows}</h2>
        {flows.length > 0 && <Legend />}
      </div>
      {flows.length === 0 ? <NoMoves /> : <FlowPictureView flows={flows} />}
      {better + worse > 0 && <TierChangesLine better={better} worse={worse} />}
      <CountedLeads
        figures={['moved', 'improved', 'worsened']}
        within={{ from: funnel.from, to: funnel.to }}
      />
    </section>
  );
};

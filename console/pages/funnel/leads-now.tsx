import { type Stage, stages, type Tier } from '../../../events/index.ts';
import { hrefOf } from '../../app/route.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { type FunnelAnswer, tiersFromBest } from './flows.ts';
import { Meter } from './meter.tsx';

interface FigureProps {
  readonly leads: number;
  readonly stage?: Stage;
  readonly tier?: Tier;
  /** The number that fills the bar below the figure. @default there is none */
  readonly most?: number;
}

/** A figure that leads to its leads. */
const Figure = ({ leads, stage, tier, most }: FigureProps) => {
  const { funnel, words } = texts.value;
  const names = [stage && words.stages[stage], tier && words.tiers[tier]].filter(Boolean).join(', ');
  return (
    <td class="number">
      <a
        href={hrefOf('leads', { stage, tier })}
        aria-label={funnel.leadsAt(formatNumber(leads), names)}
        class={leads === 0 ? 'funnel-zero' : ''}
      >
        {formatNumber(leads)}
        {most !== undefined && <Meter share={most > 0 ? leads / most : 0} {...(tier && { tone: tier })} />}
      </a>
    </td>
  );
};

const Head = () => {
  const t = texts.value.funnel;
  return (
    <thead>
      <tr>
        <th scope="col">{t.stage}</th>
        {tiersFromBest.map((tier) => (
          <th key={tier} scope="col" class="number">
            <TierBadge tier={tier} />
          </th>
        ))}
        <th scope="col" class="number">
          {t.all}
        </th>
      </tr>
    </thead>
  );
};

/** Shows how many leads there are now, by stage and tier. */
export const LeadsNow = ({ funnel }: { readonly funnel: FunnelAnswer }) => {
  const { funnel: t, words } = texts.value;
  const most = Math.max(...funnel.cells.map(({ leads }) => leads));
  const at = (stage: Stage, tier: Tier): number =>
    funnel.cells.find((cell) => cell.stage === stage && cell.tier === tier)?.leads ?? 0;
  return (
    <section class="card" aria-labelledby="funnel-now">
      <h2 id="funnel-now">{t.now}</h2>
      <Scroll label={t.now}>
        <table class="funnel-now">
          <Head />
          <tbody>
            {stages.map((stage) => (
              <tr key={stage}>
                <th scope="row">{words.stages[stage]}</th>
                {tiersFromBest.map((tier) => (
                  <Figure key={tier} stage={stage} tier={tier} leads={at(stage, tier)} most={most} />
                ))}
                <Figure
                  stage={stage}
                  leads={funnel.stages.find((each) => each.stage === stage)?.leads ?? 0}
                />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.all}</th>
              {tiersFromBest.map((tier) => (
                <Figure
                  key={tier}
                  tier={tier}
                  leads={funnel.tiers.find((each) => each.tier === tier)?.leads ?? 0}
                />
              ))}
              <Figure leads={funnel.leads} />
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </section>
  );
};

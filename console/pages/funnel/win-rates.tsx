import type { ComponentChildren } from 'preact';
import type { Tier } from '../../../events/index.ts';
import { hrefOf } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { CountedLeads } from './counted-leads.tsx';
import { FigureLink } from './figure-link.tsx';
import { tiersFromBest } from './flows.ts';
import { Range } from './meter.tsx';
import { type ReportAnswer, ReportPart } from './report-part.tsx';

type WinRate = ReportAnswer['winRates']['all'];

interface RowProps {
  readonly name: ComponentChildren;
  /** @default all */
  readonly tier?: Tier;
  readonly win: WinRate;
}

const Row = ({ name, tier, win }: RowProps) => {
  const t = texts.value.funnel;
  const { won, lost, rate } = win;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">
        <FigureLink counted={{ figure: 'won', ...(tier && { tier }) }} count={won} />
      </td>
      <td class="number">
        <FigureLink counted={{ figure: 'lost', ...(tier && { tier }) }} count={lost} />
      </td>
      {rate === null ? (
        <td class="number muted" colSpan={2}>
          {t.noneDecided}
        </td>
      ) : (
        <>
          <td class="number">
            {formatShare(rate.share)} <Range {...rate} />
          </td>
          <td class="number">{t.between(formatShare(rate.low), formatShare(rate.high))}</td>
        </>
      )}
    </tr>
  );
};

/** Shows how many deals were won, by the tier at which they were decided, and how sure that is. */
export const WinRates = ({ report: { asOf, winRates } }: { readonly report: ReportAnswer }) => {
  const t = texts.value.funnel;
  return (
    <ReportPart id="funnel-wins" title={t.wins} hint={t.winsHint}>
      <Scroll label={t.wins}>
        <table>
          <ColumnHeads texts={[t.tier]} numbers={[t.won, t.lost, t.winRate, t.likely]} />
          <tbody>
            {tiersFromBest.map((tier) => (
              <Row
                key={tier}
                tier={tier}
                win={winRates.byTier[tier]}
                name={
                  <a href={hrefOf('leads', { tier })} class="funnel-tier-link">
                    <TierBadge tier={tier} />
                  </a>
                }
              />
            ))}
            <Row name={t.all} win={winRates.all} />
          </tbody>
        </table>
      </Scroll>
      <CountedLeads figures={['won', 'lost']} within={{ at: asOf }} />
    </ReportPart>
  );
};

import type { ComponentChildren } from 'preact';
import { hrefOf } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatNumber, formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { tiersFromBest } from './flows.ts';
import { Range } from './meter.tsx';
import { type ReportAnswer, ReportPart } from './report-part.tsx';

type WinRate = ReportAnswer['winRates']['all'];

const Row = ({ name, win }: { readonly name: ComponentChildren; readonly win: WinRate }) => {
  const t = texts.value.funnel;
  const { won, lost, rate } = win;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{formatNumber(won)}</td>
      <td class="number">{formatNumber(lost)}</td>
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
export const WinRates = ({ report: { winRates } }: { readonly report: ReportAnswer }) => {
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
    </ReportPart>
  );
};

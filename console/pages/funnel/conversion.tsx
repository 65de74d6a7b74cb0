import { hrefOf } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatNumber, formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import { countByStage, type Flow, type StageMoves } from './flows.ts';
import { Meter } from './meter.tsx';

const Row = ({ stage, came, forward, back, out, forwardShare }: StageMoves) => (
  <tr>
    <th scope="row">
      <a href={hrefOf('leads', { stage })}>{texts.value.words.stages[stage]}</a>
    </th>
    <td class="number">{formatNumber(came)}</td>
    <td class="number">{formatNumber(forward)}</td>
    <td class="number">{formatNumber(back)}</td>
    <td class="number">{formatNumber(out)}</td>
    <td class="number">
      {forwardShare === undefined ? (
        <span class="muted">{texts.value.funnel.noneLeft}</span>
      ) : (
        <>
          {formatShare(forwardShare)} <Meter share={forwardShare} />
        </>
      )}
    </td>
  </tr>
);

/** Shows, for each stage, which share of the leads that left it went forward. */
export const Conversion = ({ flows }: { readonly flows: readonly Flow[] }) => {
  const t = texts.value.funnel;
  return (
    <section class="card" aria-labelledby="funnel-conversion">
      <h2 id="funnel-conversion">{t.conversion}</h2>
      <Scroll label={t.conversion}>
        <table>
          <ColumnHeads texts={[t.stage]} numbers={[t.came, t.wentOn, t.back, t.out, t.forwardShare]} />
          <tbody>
            {countByStage(flows).map((moves) => (
              <Row key={moves.stage} {...moves} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="muted">{t.conversionHint}</p>
    </section>
  );
};

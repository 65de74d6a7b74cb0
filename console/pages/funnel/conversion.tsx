import { hrefOf } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import { CountedLeads } from './counted-leads.tsx';
import { FigureLink } from './figure-link.tsx';
import { countByStage, type Flow, type FunnelAnswer, type StageMoves } from './flows.ts';
import { Meter } from './meter.tsx';

const Row = ({ stage, came, forward, back, out, forwardShare }: StageMoves) => (
  <tr>
    <th scope="row">
      <a href={hrefOf('leads', { stage })}>{texts.value.words.stages[stage]}</a>
    </th>
    <td class="number">
      <FigureLink counted={{ figure: 'came', stage }} count={came} />
    </td>
    <td class="number">
      <FigureLink counted={{ figure: 'went-on', stage }} count={forward} />
    </td>
    <td class="number">
      <FigureLink counted={{ figure: 'went-back', stage }} count={back} />
    </td>
    <td class="number">
      <FigureLink counted={{ figure: 'left', stage }} count={out} />
    </td>
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

interface ConversionProps {
  readonly funnel: FunnelAnswer;
  readonly flows: readonly Flow[];
}

/** Shows, for each stage, which share of the leads that left it went forward. */
export const Conversion = ({ funnel: { from, to }, flows }: ConversionProps) => {
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
      <CountedLeads figures={['came', 'went-on', 'went-back', 'left']} within={{ from, to }} />
    </section>
  );
};

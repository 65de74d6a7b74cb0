import { hrefOf } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import { CountedLeads } from './counted-leads.tsx';
import { FigureLink } from './figure-link.tsx';
import { formatDays } from './figures.ts';
import { Meter } from './meter.tsx';
import { type ReportAnswer, ReportPart } from './report-part.tsx';

type Stay = ReportAnswer['stays']['byStage'][number];

const Row = ({ stay, most }: { readonly stay: Stay; readonly most: number }) => (
  <tr>
    <th scope="row">
      <a href={hrefOf('leads', { stage: stay.stage })}>{texts.value.words.stages[stay.stage]}</a>
    </th>
    <td class="number">
      {formatDays(stay.medianDays)} <Meter share={stay.medianDays / most} />
    </td>
    <td class="number">
      {formatDays(stay.ninetiethPercentileDays)} <Meter share={stay.ninetiethPercentileDays / most} />
    </td>
    <td class="number">
      <FigureLink counted={{ figure: 'stayed', stage: stay.stage }} count={stay.stays} />
    </td>
  </tr>
);

/** Shows how long leads were at each stage before they left it. */
export const Stays = ({ report }: { readonly report: ReportAnswer }) => {
  const t = texts.value.funnel;
  const stays = report.stays.byStage;
  const most = Math.max(...stays.map(({ ninetiethPercentileDays }) => ninetiethPercentileDays), 1);
  return (
    <ReportPart id="funnel-stays" title={t.stays} hint={t.staysHint}>
      {stays.length === 0 ? (
        <p>{t.noStays}</p>
      ) : (
        <Scroll label={t.stays}>
          <table>
            <ColumnHeads texts={[t.stage]} numbers={[t.median, t.ninetieth, t.stayCount]} />
            <tbody>
              {stays.map((stay) => (
                <Row key={stay.stage} stay={stay} most={most} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <CountedLeads figures={['stayed']} within={{ at: report.asOf }} />
    </ReportPart>
  );
};

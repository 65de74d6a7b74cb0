import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import { CountedLeads } from './counted-leads.tsx';
import { FigureLink } from './figure-link.tsx';
import { Meter } from './meter.tsx';
import { type ReportAnswer, ReportPart } from './report-part.tsx';

type Kept = ReportAnswer['deadlines']['all'];

/** A row of one queue, or of all. */
const Row = ({ queue, kept }: { readonly queue?: string; readonly kept: Kept }) => (
  <tr>
    <th scope="row">
      <bdi>{queue ?? texts.value.funnel.all}</bdi>
    </th>
    <td class="number">
      <FigureLink counted={{ figure: 'kept', ...(queue !== undefined && { queue }) }} count={kept.kept} />
    </td>
    <td class="number">
      <FigureLink counted={{ figure: 'missed', ...(queue !== undefined && { queue }) }} count={kept.missed} />
    </td>
    <td class="number">
      {kept.keptShare !== null && (
        <>
          {formatShare(kept.keptShare)} <Meter share={kept.keptShare} />
        </>
      )}
    </td>
  </tr>
);

/** Shows how often each queue of sales answered in time. */
export const Deadlines = ({ report: { asOf, deadlines } }: { readonly report: ReportAnswer }) => {
  const t = texts.value.funnel;
  return (
    <ReportPart id="funnel-deadlines" title={t.deadlines} hint={t.deadlinesHint}>
      {deadlines.byQueue.length === 0 ? (
        <p>{t.noDeadlines}</p>
      ) : (
        <Scroll label={t.deadlines}>
          <table>
            <ColumnHeads texts={[t.queue]} numbers={[t.kept, t.missed, t.keptShare]} />
            <tbody>
              {deadlines.byQueue.map(({ queue, all }) => (
                <Row key={queue} queue={queue} kept={all} />
              ))}
              <Row kept={deadlines.all} />
            </tbody>
          </table>
        </Scroll>
      )}
      <CountedLeads figures={['kept', 'missed']} within={{ at: asOf }} />
    </ReportPart>
  );
};

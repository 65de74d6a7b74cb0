import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatNumber, formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import { Meter } from './meter.tsx';
import { type ReportAnswer, ReportPart } from './report-part.tsx';

type Kept = ReportAnswer['deadlines']['all'];

const Row = ({ name, kept }: { readonly name: string; readonly kept: Kept }) => (
  <tr>
    <th scope="row">
      <bdi>{name}</bdi>
    </th>
    <td class="number">{formatNumber(kept.kept)}</td>
    <td class="number">{formatNumber(kept.missed)}</td>
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
export const Deadlines = ({ report: { deadlines } }: { readonly report: ReportAnswer }) => {
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
                <Row key={queue} name={queue} kept={all} />
              ))}
              <Row name={t.all} kept={deadlines.all} />
            </tbody>
          </table>
        </Scroll>
      )}
    </ReportPart>
  );
};

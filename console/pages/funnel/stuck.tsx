import type { Stage } from '../../../events/index.ts';
import { hrefOf, route } from '../../app/route.ts';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { formatNumber, formatShare } from '../../parts/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import { formatDays } from './figures.ts';
import { Meter } from './meter.tsx';
import { type ReportAnswer, ReportPart } from './report-part.tsx';
import { StuckLeads } from './stuck-leads.tsx';

type StuckAt = ReportAnswer['stuck']['byStage'][number];

/** Returns the address of this page with the stuck leads of one stage listed. */
const hrefOfStuck = (stage: Stage): string =>
  hrefOf('funnel', { ...Object.fromEntries(route.value.query), stuck: stage });

const Row = ({ stage, active, stuck, longerThanDays }: StuckAt) => {
  const { funnel: t, words } = texts.value;
  return (
    <tr>
      <th scope="row">{words.stages[stage]}</th>
      <td class="number">
        <a
          href={hrefOfStuck(stage)}
          aria-label={t.stuckAt(formatNumber(stuck), words.stages[stage])}
          {...(route.value.query.get('stuck') === stage && { 'aria-current': 'true' as const })}
        >
          {formatNumber(stuck)}
        </a>
      </td>
      <td class="number">
        <a
          href={hrefOf('leads', { stage })}
          aria-label={t.leadsAt(formatNumber(active), words.stages[stage])}
        >
          {formatNumber(active)}
        </a>
      </td>
      <td class="number">
        {active > 0 && (
          <>
            {formatShare(stuck / active)} <Meter share={stuck / active} tone="late" />
          </>
        )}
      </td>
      <td class="number">{formatDays(longerThanDays)}</td>
    </tr>
  );
};

const Table = ({ byStage }: { readonly byStage: readonly StuckAt[] }) => {
  const t = texts.value.funnel;
  return (
    <Scroll label={t.stuck}>
      <table>
        <ColumnHeads texts={[t.stage]} numbers={[t.stuckLeads, t.activeLeads, t.share, t.longerThan]} />
        <tbody>
          {byStage.map((at) => (
            <Row key={at.stage} {...at} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

/** Shows where leads are stuck, and which they are. */
export const Stuck = ({ report: { stuck } }: { readonly report: ReportAnswer }) => {
  const t = texts.value.funnel;
  return (
    <ReportPart id="funnel-stuck" title={t.stuck} hint={t.stuckHint}>
      {stuck.byStage.length === 0 ? <p>{t.noneStuck}</p> : <Table byStage={stuck.byStage} />}
      {stuck.total > 0 && <StuckLeads stuck={stuck} />}
    </ReportPart>
  );
};

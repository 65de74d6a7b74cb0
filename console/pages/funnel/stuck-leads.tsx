import { useState } from 'preact/hooks';
import { type Stage, stages } from '../../../events/index.ts';
import { changeFilters, route } from '../../app/route.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import { formatDays } from './figures.ts';
import { LeadName } from './lead-name.tsx';
import type { ReportAnswer } from './report-part.tsx';

type StuckAnswer = ReportAnswer['stuck'];

const usualLength = 8;

const Lead = ({ leadId, name, company, stage, tier, days }: StuckAnswer['longest'][number]) => (
  <li>
    <LeadName leadId={leadId} name={name} company={company} />
    <span class="muted">{texts.value.words.stages[stage]}</span>
    <TierBadge tier={tier} />
    <span class="funnel-days">{formatDays(days)}</span>
  </li>
);

const countStuck = (stuck: StuckAnswer, stage: Stage | undefined): number =>
  stage === undefined ? stuck.total : (stuck.byStage.find((at) => at.stage === stage)?.stuck ?? 0);

/** Lists the leads that have been at their stage longest: those of the stage in the address, or of all. */
export const StuckLeads = ({ stuck }: { readonly stuck: StuckAnswer }) => {
  const { funnel: t, words } = texts.value;
  const [isWhole, setIsWhole] = useState(false);
  const stage = stages.find((each) => each === route.value.query.get('stuck'));
  const listed = stuck.longest.filter((lead) => stage === undefined || lead.stage === stage);
  const all = countStuck(stuck, stage);
  const shown = isWhole ? listed : listed.slice(0, usualLength);
  return (
    <>
      <h4>{stage === undefined ? t.longest : t.longestAt(words.stages[stage])}</h4>
      <ul class="funnel-stuck">
        {shown.map((lead) => (
          <Lead key={lead.leadId} {...lead} />
        ))}
      </ul>
      <p class="row">
        {shown.length < listed.length && (
          <button type="button" class="link" onClick={() => setIsWhole(true)}>
            {texts.value.parts.more}
          </button>
        )}
        {stage !== undefined && (
          <button type="button" class="link" onClick={() => changeFilters({ stuck: undefined })}>
            {t.stuckEverywhere}
          </button>
        )}
        <span class="muted">{t.listedOf(formatNumber(shown.length), formatNumber(all))}</span>
      </p>
    </>
  );
};

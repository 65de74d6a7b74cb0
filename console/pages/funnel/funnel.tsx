import './funnel.css';
import { computed } from '@preact/signals';
import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { hrefOf, route } from '../../app/route.ts';
import { serverNow } from '../../parts/clock.ts';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { session } from '../../session/session.ts';
import { texts } from '../../texts/texts.ts';
import { Conversion } from './conversion.tsx';
import { dayMs } from './days.ts';
import { FlowCard } from './flow-card.tsx';
import { type FunnelAnswer, hasNegative, sumFlows } from './flows.ts';
import { LeadsNow } from './leads-now.tsx';
import { type Period, readPeriod } from './period.ts';
import { PeriodChoice } from './period-choice.tsx';
import { ReportSection } from './report-section.tsx';

const NoLeads = () => {
  const t = texts.value.funnel;
  const { isLocal, person } = session.value;
  return (
    <Empty title={t.empty}>
      <p>{t.emptyHint}</p>
      {isLocal && person?.role === 'admin' && (
        <p>
          <a href={hrefOf('try-it')}>{t.tryIt}</a>
        </p>
      )}
    </Empty>
  );
};

const Counted = ({ funnel }: { readonly funnel: FunnelAnswer }) => {
  const t = texts.value.funnel;
  const { countedAt } = funnel;
  return (
    <>
      {hasNegative(funnel) && (
        <p class="notice" role="note">
          {t.negative}
        </p>
      )}
      {countedAt !== null && (
        <p class="muted funnel-counted">
          {t.counted} <RelativeTime at={countedAt} />
        </p>
      )}
    </>
  );
};

const isEmpty = ({ leads, days }: FunnelAnswer): boolean =>
  leads === 0 && days.every(({ moves }) => moves.length === 0);

const Shown = ({ funnel }: { readonly funnel: FunnelAnswer }) => {
  const flows = sumFlows(funnel.days);
  return (
    <>
      <FlowCard funnel={funnel} flows={flows} />
      <div class="funnel-pair">
        <LeadsNow funnel={funnel} />
        <Conversion funnel={funnel} flows={flows} />
      </div>
      <Counted funnel={funnel} />
      <ReportSection />
    </>
  );
};

const Figures = ({ from, to }: Period) => {
  const funnel = useResource((signal) => call('getFunnel', { query: { from, to }, signal }), [from, to], {
    everyMs: 30_000,
  });
  return (
    <Loaded from={funnel}>{(value) => (isEmpty(value) ? <NoLeads /> : <Shown funnel={value} />)}</Loaded>
  );
};

/** The beginning of the day in UTC by the clock of Sluice. */
const today = computed(() => Math.floor(serverNow.value / dayMs) * dayMs);

/** The page Funnel: how leads move from stage to stage, where they are now, and where they are stuck. */
export const Funnel = () => {
  const t = texts.value.funnel;
  const period = readPeriod(route.value.query, today.value);
  return (
    <div class="funnel">
      <h1 tabIndex={-1}>{t.title}</h1>
      <p class="muted">{t.intro}</p>
      <PeriodChoice period={period} />
      {period.problem === undefined && <Figures from={period.from} to={period.to} />}
    </div>
  );
};

import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { Instant } from '../../parts/instant.tsx';
import { Loaded } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { Deadlines } from './deadlines.tsx';
import type { ReportAnswer } from './report-part.tsx';
import { Stays } from './stays.tsx';
import { Stuck } from './stuck.tsx';
import { TooLarge } from './too-large.tsx';
import { useSeen } from './use-seen.ts';
import { WinRates } from './win-rates.tsx';

/** The most stuck leads that are listed, stage by stage. */
const mostListed = 200;

const Shown = ({ report }: { readonly report: ReportAnswer }) => (
  <>
    <p class="muted">
      {texts.value.funnel.reportAsOf} <Instant at={report.asOf} />
    </p>
    <div class="funnel-pair">
      <div>
        <Stays report={report} />
        <Stuck report={report} />
      </div>
      <div>
        <WinRates report={report} />
        <Deadlines report={report} />
      </div>
    </div>
  </>
);

const Report = () => {
  const report = useResource(
    (signal) => call('getReport', { query: { limit: String(mostListed) }, signal }),
    [],
  );
  const { value, error } = report.resource.value;
  if (value === undefined && error?.failure.status === 422) return <TooLarge />;
  return <Loaded from={report}>{(answer) => <Shown report={answer} />}</Loaded>;
};

/**
 * Shows what only a reading of all leads tells: times, chances and deadlines. It is read once the reader comes near,
 * since it costs much more than counters do.
 */
export const ReportSection = () => {
  const [element, isSeen] = useSeen<HTMLElement>();
  return (
    <section ref={element} class="funnel-report" aria-labelledby="funnel-report">
      <h2 id="funnel-report">{texts.value.funnel.report}</h2>
      {isSeen && <Report />}
    </section>
  );
};

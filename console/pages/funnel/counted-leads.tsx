import { useEffect, useRef } from 'preact/hooks';
import type { CountedFigure } from '../../../events/api/index.ts';
import { type Answer, call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { changeFilters } from '../../app/route.ts';
import { Instant } from '../../parts/instant.tsx';
import { formatNumber } from '../../parts/numbers.ts';
import { Loaded } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { type Counted, readCounted, writeCounted } from './counted.ts';
import { LeadName } from './lead-name.tsx';
import { sayCounted } from './say-counted.ts';
import { TooLarge } from './too-large.tsx';

type LeadsAnswer = Answer<'listCountedLeads'>;

const Lead = ({ at, ...lead }: LeadsAnswer['leads'][number]) => (
  <li>
    <LeadName {...lead} />
    <span class="funnel-days">
      <Instant at={at} />
    </span>
  </li>
);

const Leads = ({ leads, more }: LeadsAnswer) => {
  const t = texts.value.funnel;
  if (leads.length === 0) return <p>{t.noneListed}</p>;
  return (
    <>
      <ul class="funnel-stuck">
        {leads.map((lead, i) => (
          <Lead key={`${lead.leadId} ${lead.at} ${i}`} {...lead} />
        ))}
      </ul>
      {more && <p class="muted">{t.latestListed(formatNumber(leads.length))}</p>}
    </>
  );
};

/** The days of the funnel, or the instant of the report, that the figures are of. */
type Within = { readonly from: string; readonly to: string } | { readonly at: string };

const List = ({ counted, within }: { readonly counted: Counted; readonly within: Within }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const leads = useResource(
    (signal) => call('listCountedLeads', { query: { ...counted, ...within }, signal }),
    Object.values(within),
  );
  // The list may be far below the figure that has opened it.
  useEffect(() => heading.current?.focus(), []);
  const { value, error } = leads.resource.value;
  return (
    <>
      <h4 ref={heading} tabIndex={-1}>
        {sayCounted(counted)}
      </h4>
      {value === undefined && error?.failure.status === 422 ? (
        <TooLarge />
      ) : (
        <Loaded from={leads}>{(answer) => <Leads {...answer} />}</Loaded>
      )}
      {'from' in within && <p class="muted">{texts.value.funnel.movesHint}</p>}
      <p>
        <button type="button" class="link" onClick={() => changeFilters({ list: undefined })}>
          {texts.value.parts.close}
        </button>
      </p>
    </>
  );
};

interface CountedLeadsProps {
  /** The figures whose leads are listed here. */
  readonly figures: readonly CountedFigure[];
  readonly within: Within;
}

/** Lists the leads of the figure in the address, if it is one of some. */
export const CountedLeads = ({ figures, within }: CountedLeadsProps) => {
  const counted = readCounted();
  if (counted === undefined || !figures.includes(counted.figure)) return null;
  return <List key={writeCounted(counted)} counted={counted} within={within} />;
};

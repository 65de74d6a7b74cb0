import { hrefOf, hrefOfLead } from '../../app/route.ts';
import { Clipped } from '../../parts/clipped.tsx';
import { texts } from '../../texts/texts.ts';
import { LongText } from './long-text.tsx';
import type { LeadAnswer } from './types.ts';

/** The most characters of a name in the heading. */
const mostOfName = 120;

/** Shows who a lead is. */
export const LeadTitle = ({ id, lead }: { readonly id: string; readonly lead: LeadAnswer | undefined }) => {
  const t = texts.value.lead;
  const { name, company, owner } = lead?.shown ?? {};
  return (
    <header class="lead-title">
      <p class="crumb">
        <a href={hrefOf('leads')}>{texts.value.app.pages.leads}</a>
      </p>
      <h1 tabIndex={-1}>
        <Clipped text={name ?? lead?.leadId ?? id} most={mostOfName} />
      </h1>
      <p class="muted row">
        {company != null && <LongText text={company} />}
        <span>
          {t.id} <code>{lead?.leadId ?? id}</code>
        </span>
        {owner != null && (
          <span>
            {t.owner} <Clipped text={owner} most={mostOfName} />
          </span>
        )}
      </p>
      {lead?.requestedId !== undefined && (
        <p class="notice" role="note">
          {t.merged(lead.requestedId)} <a href={hrefOfLead(lead.leadId)}>{t.toSurvivor}</a>
        </p>
      )}
    </header>
  );
};

import { hrefOfLead } from '../../app/route.ts';

interface LeadNameProps {
  readonly leadId: string;
  readonly name?: string | undefined;
  readonly company?: string | undefined;
}

/** Shows who a lead is, with a link to it: its id if its name isn't known. */
export const LeadName = ({ leadId, name = leadId, company }: LeadNameProps) => (
  <>
    <a href={hrefOfLead(leadId)}>
      <bdi>{name}</bdi>
    </a>
    {company !== undefined && (
      <span class="muted">
        <bdi>{company}</bdi>
      </span>
    )}
  </>
);

import type { ApiError } from '../../api/api-error.ts';
import { hrefOf } from '../../app/route.ts';
import { Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';

/** Says that a lead was erased. */
export const ErasedLead = () => {
  const t = texts.value.lead;
  return (
    <div class="card state" role="status">
      <p class="state-title">{texts.value.parts.failures.erased}</p>
      <p>{t.erased}</p>
    </div>
  );
};

/** Says that there is no such lead, with what the API says about it. */
export const UnknownLead = ({ error }: { readonly error: ApiError }) => (
  <div class="card">
    <Problem error={error} />
    <p class="state">
      <a href={hrefOf('leads')}>{texts.value.lead.toLeads}</a>
    </p>
  </div>
);

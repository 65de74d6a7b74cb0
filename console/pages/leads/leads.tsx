import { hrefOf, route } from '../../app/route.ts';
import { session } from '../../session/session.ts';
import { texts } from '../../texts/texts.ts';
import { Duplicates } from './duplicates.tsx';
import { readFilters } from './filters.ts';
import { LeadList } from './lead-list.tsx';
import './leads.css';

const Tabs = ({ show }: { readonly show: 'all' | 'duplicates' }) => {
  const t = texts.value.leads;
  return (
    <nav class="tabs" aria-label={t.tabs}>
      <a href={hrefOf('leads')} {...(show === 'all' && { 'aria-current': 'page' })}>
        {t.all}
      </a>
      <a
        href={hrefOf('leads', { show: 'duplicates' })}
        {...(show === 'duplicates' && { 'aria-current': 'page' })}
      >
        {t.duplicates}
      </a>
    </nav>
  );
};

/** The page Leads: all leads, and for admins those that may be one person. */
export const Leads = () => {
  const filters = readFilters(route.value.query);
  const isAdmin = session.value.person?.role === 'admin';
  return (
    <>
      <h1 tabIndex={-1}>{texts.value.leads.title}</h1>
      {isAdmin && <Tabs show={filters.show} />}
      {isAdmin && filters.show === 'duplicates' ? <Duplicates /> : <LeadList filters={filters} />}
    </>
  );
};

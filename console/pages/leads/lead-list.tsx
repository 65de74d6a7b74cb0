import { useEffect, useMemo, useState } from 'preact/hooks';
import { changeFilters } from '../../app/route.ts';
import { Empty, Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { findLeads, type LeadFilters, sortLeads } from './filters.ts';
import { LeadFilterBar } from './lead-filter-bar.tsx';
import { createLeadLoader } from './lead-loader.ts';
import { LeadsTable } from './leads-table.tsx';
import { foldText } from './listed-lead.ts';

/** Shows the leads that match the filters, which are loaded page by page. */
export const LeadList = ({ filters }: { readonly filters: LeadFilters }) => {
  const t = texts.value.leads;
  const loader = useMemo(createLeadLoader, []);
  const [find, setFind] = useState('');
  const { tier, stage, lane, owner, sort } = filters;
  const { rows, status, error } = loader.loaded.value;
  // Once not all are loaded, those of narrower filters aren't all among them, so that they are asked for.
  useEffect(
    () => loader.ensure({ tier, stage, lane, owner }),
    [loader, tier, stage, lane, owner, status === 'more'],
  );
  useEffect(() => loader.stop, [loader]);
  const sorted = useMemo(() => sortLeads(rows, sort), [rows, sort]);
  const folded = foldText(find.trim());
  const found = useMemo(() => findLeads(sorted, { tier, stage }, folded), [sorted, tier, stage, folded]);
  const clear = (): void => {
    setFind('');
    changeFilters({ tier: undefined, stage: undefined, lane: undefined, owner: undefined });
  };
  const reload = (): void => loader.reload({ tier, stage, lane, owner });
  const isFiltered = find !== '' || [tier, stage, lane, owner].some((each) => each !== undefined);

  if (rows.length === 0 && error !== undefined) return <Problem error={error} retry={reload} />;
  return (
    <>
      <LeadFilterBar filters={filters} find={find} onFind={setFind} />
      <p class="muted count">
        <span role="status">
          {status === 'done' && t.counted(found.length, rows.length)}
          {status === 'more' && t.countedSoFar(found.length, rows.length)}
          {status === 'failed' && t.stopped}
        </span>{' '}
        {status === 'loading' && t.loading(rows.length)}
        {status === 'failed' && (
          <button type="button" class="link" onClick={loader.goOn}>
            {t.goOn}
          </button>
        )}
        {status === 'more' && (
          <button type="button" class="link" onClick={loader.goOn}>
            {t.more}
          </button>
        )}
        {status === 'done' && (
          <button type="button" class="link" onClick={reload}>
            {t.reload}
          </button>
        )}
      </p>
      {found.length > 0 && (
        <LeadsTable rows={found} listKey={[tier, stage, lane, owner, sort, folded].join(' ')} />
      )}
      {found.length === 0 && (status === 'done' || status === 'failed') && (
        <Empty title={isFiltered ? t.noneMatches : t.none}>
          {isFiltered && (
            <button type="button" class="secondary" onClick={clear}>
              {t.clear}
            </button>
          )}
        </Empty>
      )}
    </>
  );
};

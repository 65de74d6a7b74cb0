import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RejectionCode } from '../../../events/index.ts';
import { changeFilters, route } from '../../app/route.ts';
import { en } from '../../texts/en.ts';
import { texts } from '../../texts/texts.ts';
import type { QuarantineFilters, QuarantineState } from './load-quarantine.ts';

/** The codes of rejections, of which each has a text. Their own module would bring all contracts into the page. */
const rejectionCodes = Object.keys(en.health.codes) as RejectionCode[];

const states: readonly QuarantineState[] = ['open', 'replayed', 'discarded', 'erased', 'all'];

/** Reads the filters from the address. A value that is none is left out. */
export const readFilters = (query: URLSearchParams): QuarantineFilters => {
  const state = states.find((each) => each === query.get('state')) ?? 'open';
  const code = rejectionCodes.find((each) => each === query.get('code'));
  const source = query.get('source')?.slice(0, 256);
  const lead = query.get('lead')?.slice(0, 128);
  return { state, ...(code && { code }), ...(source && { source }), ...(lead && { lead }) };
};

interface FieldProps {
  readonly name: 'source' | 'lead';
  readonly label: string;
  readonly value: string;
}

const TextFilter = ({ name, label, value }: FieldProps) => {
  // The page is drawn anew whenever something was loaded, which must not take what is being typed.
  const typed = useSignal(value);
  useEffect(() => {
    typed.value = value;
  }, [value, typed]);
  return (
    <label>
      {label}
      <input
        type="search"
        value={typed.value}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
        }}
        onChange={({ currentTarget }) => changeFilters({ [name]: currentTarget.value.trim() })}
      />
    </label>
  );
};

/** Lets rejected events be filtered. The filters are in the fragment of the address alone. */
export const QuarantineFilterBar = ({ filters }: { readonly filters: QuarantineFilters }) => {
  const t = texts.value.health;
  const { state, code, source = '', lead = '' } = filters;
  const isFiltered = ['state', 'code', 'source', 'lead'].some((name) => route.value.query.has(name));
  return (
    <div class="filters">
      <label>
        {t.filter.state}
        <select value={state} onChange={({ currentTarget }) => changeFilters({ state: currentTarget.value })}>
          {states.map((each) => (
            <option key={each} value={each}>
              {t.states[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.filter.code}
        <select
          value={code ?? ''}
          onChange={({ currentTarget }) => changeFilters({ code: currentTarget.value })}
        >
          <option value="">{t.filter.anyCode}</option>
          {rejectionCodes.map((each) => (
            <option key={each} value={each}>
              {t.codes[each]}
            </option>
          ))}
        </select>
      </label>
      <TextFilter name="source" label={t.filter.source} value={source} />
      <TextFilter name="lead" label={t.filter.lead} value={lead} />
      {isFiltered && (
        <button
          type="button"
          class="link"
          onClick={() => changeFilters({ state: '', code: '', source: '', lead: '' })}
        >
          {t.filter.clear}
        </button>
      )}
    </div>
  );
};

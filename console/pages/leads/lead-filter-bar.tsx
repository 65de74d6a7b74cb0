import { changeFilters } from '../../app/route.ts';
import { texts } from '../../texts/texts.ts';
import { type LeadFilters, type Sort, sorts } from './filters.ts';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly name: 'tier' | 'stage' | 'sort';
}

const Choice = ({ label, value, options, name }: ChoiceProps) => (
  <label>
    {label}
    <select value={value} onChange={({ currentTarget }) => changeFilters({ [name]: currentTarget.value })}>
      {options.map(([each, title]) => (
        <option key={each} value={each}>
          {title}
        </option>
      ))}
    </select>
  </label>
);

const Removable = ({ text, name }: { readonly text: string; readonly name: 'owner' | 'lane' }) => (
  <button
    type="button"
    class="secondary"
    aria-label={texts.value.leads.remove(text)}
    onClick={() => changeFilters({ [name]: undefined })}
  >
    <bdi>{text}</bdi> <span aria-hidden="true">×</span>
  </button>
);

interface LeadFilterBarProps {
  readonly filters: LeadFilters;
  readonly find: string;
  readonly onFind: (text: string) => void;
}

/** Lets the reader choose which leads are listed, and in which order. */
export const LeadFilterBar = ({ filters, find, onFind }: LeadFilterBarProps) => {
  const { leads: t, words } = texts.value;
  const { tier, stage, owner, lane, sort } = filters;
  const titles: Readonly<Record<Sort, string>> = {
    score: t.columns.score,
    heard: t.columns.heard,
    name: t.columns.name,
  };
  return (
    <>
      <div class="filters">
        <label class="find">
          {t.find}
          <input
            type="search"
            value={find}
            autocomplete="off"
            aria-describedby="find-hint"
            onInput={({ currentTarget }) => onFind(currentTarget.value)}
          />
        </label>
        <Choice
          label={t.tier}
          name="tier"
          value={tier ?? ''}
          options={[['', t.any], ...Object.entries(words.tiers)]}
        />
        <Choice
          label={t.stage}
          name="stage"
          value={stage ?? ''}
          options={[['', t.any], ...Object.entries(words.stages)]}
        />
        <Choice
          label={t.sortedBy}
          name="sort"
          value={sort}
          options={sorts.map((each) => [each, titles[each]])}
        />
        {owner !== undefined && <Removable name="owner" text={t.owner(owner)} />}
        {lane !== undefined && <Removable name="lane" text={t.segment(lane)} />}
      </div>
      <p id="find-hint" class="muted find-hint">
        {t.findHint}
      </p>
    </>
  );
};

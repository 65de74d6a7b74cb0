import { changeFilters, type Filters } from '../../app/route.ts';
import { session } from '../../session/session.ts';
import { texts } from '../../texts/texts.ts';
import { states, type TodayFilters, usualWhose } from './filters.ts';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

const Choice = ({ label, value, options, onChoose }: ChoiceProps) => (
  <label>
    {label}
    <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      {options.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

/** The filters of an address without any. */
const noFilters: Filters = {
  queue: undefined,
  tier: undefined,
  state: undefined,
  whose: undefined,
  late: undefined,
};

/** Clears all filters of the page Today. */
export const clearFilters = (): void => changeFilters(noFilters);

interface FilterBarProps {
  readonly filters: TodayFilters;
  /** The queues that can be chosen. */
  readonly queues: readonly string[];
}

/** Lets the reader choose which hand-offs are listed. The choice is in the address. */
export const FilterBar = ({ filters, queues }: FilterBarProps) => {
  const { today: t, words } = texts.value;
  const { queue, tier, state, whose, lateOnly } = filters;
  const known = queue === undefined || queues.includes(queue) ? queues : [queue, ...queues];
  const usual = usualWhose(session.value.person);
  return (
    <fieldset class="filters" aria-label={t.filters}>
      <Choice
        label={t.state}
        value={state}
        options={states.map((each) => [each, t.states[each]])}
        onChoose={(value) => changeFilters({ state: value === 'open' ? undefined : value, late: undefined })}
      />
      <Choice
        label={t.queue}
        value={queue ?? ''}
        options={[['', t.all], ...known.map((each) => [each, each] as const)]}
        onChoose={(value) => changeFilters({ queue: value })}
      />
      <Choice
        label={t.tier}
        value={tier ?? ''}
        options={[['', t.all], ...Object.entries(words.tiers)]}
        onChoose={(value) => changeFilters({ tier: value })}
      />
      <Choice
        label={t.whose}
        value={whose}
        options={[
          ['all', t.everybodys],
          ['mine', t.mine],
        ]}
        onChoose={(value) => changeFilters({ whose: value === usual ? undefined : value })}
      />
      {state === 'open' && (
        <label class="check">
          <input
            type="checkbox"
            checked={lateOnly}
            onChange={({ currentTarget }) =>
              changeFilters({ late: currentTarget.checked ? 'yes' : undefined })
            }
          />
          {t.lateOnly}
        </label>
      )}
    </fieldset>
  );
};

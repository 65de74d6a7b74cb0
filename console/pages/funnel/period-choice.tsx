import { useId } from 'preact/hooks';
import { changeFilters, hrefOf } from '../../app/route.ts';
import { texts } from '../../texts/texts.ts';
import { formatDate } from './figures.ts';
import { type ChosenPeriod, type PeriodProblem, presets } from './period.ts';

const Presets = ({ preset }: { readonly preset: number | undefined }) => {
  const t = texts.value.funnel;
  return (
    <ul class="funnel-presets" aria-label={t.period}>
      {presets.map((days) => (
        <li key={days}>
          <a
            href={hrefOf('funnel', { days: String(days) })}
            {...(preset === days && { 'aria-current': 'true' as const })}
          >
            {t.lastDays(String(days))}
          </a>
        </li>
      ))}
    </ul>
  );
};

interface DayFieldProps {
  readonly name: 'from' | 'to';
  readonly value: string;
  readonly wrong: string | undefined;
}

const DayField = ({ name, value, wrong }: DayFieldProps) => (
  <label>
    {texts.value.funnel[name]}
    <input
      type="date"
      name={name}
      required
      // The field is made anew when the address changes, so that it shows the days that are shown.
      key={value}
      defaultValue={value}
      {...(wrong !== undefined && { 'aria-invalid': 'true' as const, 'aria-describedby': wrong })}
    />
  </label>
);

const explain = ({ field, given, reason }: PeriodProblem): string => {
  const t = texts.value.funnel;
  return t.periodProblem(field === 'days' ? t.period : t[field], given, t.allowedPeriods[reason]);
};

const showDays = (event: SubmitEvent): void => {
  event.preventDefault();
  const fields = new FormData(event.currentTarget as HTMLFormElement);
  const [from, to] = ['from', 'to'].map((name) => String(fields.get(name) ?? ''));
  changeFilters({ from, to, days: undefined });
};

/** Chooses the time of which moves are shown, in the address. */
export const PeriodChoice = ({ period }: { readonly period: ChosenPeriod }) => {
  const t = texts.value.funnel;
  const id = useId();
  const { from, to, preset, problem } = period;
  const wrongOf = (name: string) => (problem?.field === name ? id : undefined);
  return (
    <div class="funnel-period">
      <Presets preset={preset} />
      <form class="row" onSubmit={showDays} noValidate>
        <DayField name="from" value={from} wrong={wrongOf('from')} />
        <DayField name="to" value={to} wrong={wrongOf('to')} />
        <button type="submit" class="secondary">
          {t.showDays}
        </button>
      </form>
      {problem === undefined ? (
        <p class="muted">{t.shownDays(formatDate(from), formatDate(to))}</p>
      ) : (
        <p class="notice" role="alert" id={id}>
          {explain(problem)}
        </p>
      )}
    </div>
  );
};

import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { changeFilters } from '../../../app/route.ts';
import { locale, texts } from '../../../texts/texts.ts';
import { formatMoment, readLocalInput, toLocalInput } from '../format.ts';
import type { Span } from './span.ts';

const stepMs = 3_600_000;

/** The milliseconds without a further movement after which the lead is asked for. */
const settleMs = 250;

interface AsOfBarProps {
  readonly span: Span;
  readonly now: number;
  /** The instant that is shown, in milliseconds since 1970; undefined for now. */
  readonly at: number | undefined;
}

/** Lets a lead be followed through time, from what is known first to what will come by itself. */
export const AsOfBar = ({ span, now, at }: AsOfBarProps) => {
  const t = texts.value.lead.asOf;
  const id = useId();
  const moved = useSignal<number | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    moved.value = undefined;
  }, [at, moved]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (instant: number | undefined): void => {
    clearTimeout(timer.current);
    // The address may stay as it is: then nothing else would end the movement.
    moved.value = undefined;
    changeFilters({ at: instant === undefined ? undefined : new Date(instant).toISOString() });
  };
  const move = (instant: number): void => {
    clearTimeout(timer.current);
    if (!Number.isFinite(instant)) return;
    moved.value = instant;
    timer.current = setTimeout(() => show(Math.abs(instant - now) < stepMs ? undefined : instant), settleMs);
  };
  const shown = moved.value ?? at ?? now;
  const words = formatMoment(shown, locale.value);
  const isNow = moved.value === undefined && at === undefined;
  return (
    <section class={`card as-of ${isNow ? '' : 'as-of-other'}`} aria-label={t.title}>
      <div class="row spread">
        <p role="status">
          {isNow ? t.now : <strong>{shown > now ? t.future(words) : t.past(words)}</strong>}
        </p>
        {!isNow && (
          <button type="button" onClick={() => show(undefined)}>
            {t.back}
          </button>
        )}
      </div>
      <div class="as-of-inputs">
        <label>
          <span class="visually-hidden">{t.slider}</span>
          <input
            type="range"
            min={span.first}
            max={span.last}
            step={stepMs}
            value={Math.min(span.last, Math.max(span.first, shown))}
            aria-valuetext={isNow ? t.now : words}
            list={id}
            onInput={({ currentTarget }) => move(currentTarget.valueAsNumber)}
          />
          <datalist id={id}>
            <option value={now} label={t.nowMark} />
          </datalist>
        </label>
        <label class="as-of-date">
          <span class="visually-hidden">{t.date}</span>
          <input
            type="datetime-local"
            value={toLocalInput(shown)}
            onChange={({ currentTarget }) => move(readLocalInput(currentTarget.value))}
          />
        </label>
      </div>
    </section>
  );
};

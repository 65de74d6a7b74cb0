import { serverNow } from '../../../parts/clock.ts';
import { Loaded, Problem } from '../../../parts/states.tsx';
import { locale, texts } from '../../../texts/texts.ts';
import { formatDay } from '../format.ts';
import { TimelineEntry } from './entry.tsx';
import { groupByDay } from './group-by-day.ts';
import { Proof } from './proof.tsx';
import { StageStays } from './stage-stays.tsx';
import type { Timeline as LoadedTimeline } from './use-timeline.ts';

interface TimelineProps {
  readonly id: string;
  readonly timeline: LoadedTimeline;
}

/** Shows what happened to a lead, the latest first, day by day. */
export const Timeline = ({ id, timeline }: TimelineProps) => {
  const { first, entries, hasOlder, loadOlder, error } = timeline;
  const t = texts.value.lead.timeline;
  return (
    <section class="card timeline" aria-labelledby="timeline">
      <div class="row spread">
        <h2 id="timeline">{t.title}</h2>
        <Proof id={id} />
      </div>
      <Loaded from={first}>
        {() => (
          <>
            <StageStays entries={entries} until={serverNow.value} />
            {entries.length === 0 && <p class="muted">{t.empty}</p>}
            {groupByDay(entries).map(({ day, entries: ofDay }) => (
              <section key={day} class="day">
                <h3>{formatDay(day, locale.value)}</h3>
                <ol class="entries">
                  {ofDay.map((entry) => (
                    <TimelineEntry key={entry.hash} entry={entry} leadId={id} />
                  ))}
                </ol>
              </section>
            ))}
            {error !== undefined && <Problem error={error} retry={loadOlder} />}
            {hasOlder && (
              <button
                type="button"
                class="secondary"
                aria-disabled={loadOlder === undefined}
                onClick={loadOlder}
              >
                {t.older}
              </button>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
};

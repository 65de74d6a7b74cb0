import { useEffect, useState } from 'preact/hooks';
import { useOlder } from '../../api/use-older.ts';
import { useResource } from '../../api/use-resource.ts';
import { hrefOf, route } from '../../app/route.ts';
import { authorsLanguage } from '../../parts/authored.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Empty, Loaded, Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { formatCount } from './format-count.ts';
import {
  byLastReceived,
  type ListedEvent,
  loadQuarantine,
  type QuarantineFilters,
} from './load-quarantine.ts';
import { QuarantineFilterBar, readFilters } from './quarantine-filters.tsx';

interface TableProps {
  readonly events: readonly ListedEvent[];
  readonly filters: QuarantineFilters;
}

const Row = ({ event, filters }: { readonly event: ListedEvent; readonly filters: QuarantineFilters }) => {
  const t = texts.value.health;
  const { id, code, state, type, reasons, source, times, lastReceivedAt } = event;
  return (
    <tr>
      <td>
        <a class="why" href={hrefOf('health', { ...filters, event: id })}>
          {t.codes[code]}
        </a>
        {filters.state === 'all' && <span class="tag">{t.states[state]}</span>}
        {reasons[0] !== undefined && (
          <bdi class="cut muted" lang={authorsLanguage} dir="auto" title={reasons[0]}>
            {reasons[0]}
          </bdi>
        )}
      </td>
      <td>
        <bdi class="cut" title={type}>
          {type ?? t.list.noType}
        </bdi>
      </td>
      <td>
        <bdi class="cut" title={source}>
          {source}
        </bdi>
      </td>
      <td class="number">{formatCount(times)}</td>
      <td class="when">
        <RelativeTime at={lastReceivedAt} />
      </td>
    </tr>
  );
};

const QuarantineTable = ({ events, filters }: TableProps) => {
  const t = texts.value.health;
  return (
    <Scroll label={t.areas.quarantine}>
      <table class="quarantine">
        <thead>
          <tr>
            <th scope="col">{t.list.why}</th>
            <th scope="col">{t.list.event}</th>
            <th scope="col">{t.list.source}</th>
            <th scope="col" class="number">
              {t.list.times}
            </th>
            <th scope="col">{t.list.last}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <Row key={event.id} event={event} filters={filters} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

/** Lists the rejected events that the filters of the address let through. */
export const QuarantineSection = () => {
  const t = texts.value.health;
  const filters = readFilters(route.value.query);
  const key = JSON.stringify(filters);
  const [isLonger, setLonger] = useState(false);
  useEffect(() => setLonger(false), [key]);
  // The rest of a list follows its first part: that stays as it is once there is more of it.
  const listed = useResource(
    (signal) => loadQuarantine(filters, null, signal),
    [key],
    isLonger ? {} : { everyMs: 30_000 },
  );
  const older = useOlder(
    listed.resource.value.value?.cursor,
    (cursor, signal) => loadQuarantine(filters, cursor, signal),
    [key],
  );
  const isFiltered = Object.keys(filters).length > 1 || filters.state !== 'open';
  return (
    <section class="card" aria-labelledby="quarantine">
      <h2 id="quarantine">{t.areas.quarantine}</h2>
      <QuarantineFilterBar filters={filters} />
      <Loaded from={listed}>
        {({ items }) => {
          const events = [...items, ...older.items].sort(byLastReceived);
          return (
            <>
              {events.length > 0 && <QuarantineTable events={events} filters={filters} />}
              {events.length === 0 && !older.hasMore && (
                <Empty title={isFiltered ? t.list.noneFiltered : t.list.none}>
                  {!isFiltered && <p>{t.list.noneHint}</p>}
                </Empty>
              )}
              {older.error !== undefined && <Problem error={older.error} retry={older.loadMore} />}
              {older.hasMore && (
                <p class="row">
                  <button
                    type="button"
                    class="secondary"
                    aria-disabled={older.loadMore === undefined}
                    onClick={() => {
                      setLonger(true);
                      older.loadMore?.();
                    }}
                  >
                    {texts.value.parts.more}
                  </button>
                  <span class="muted">{t.list.partly}</span>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
};

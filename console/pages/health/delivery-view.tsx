import { useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, call } from '../../api/call.ts';
import { type Older, useOlder } from '../../api/use-older.ts';
import { useResource } from '../../api/use-resource.ts';
import { hrefOf, hrefOfLead } from '../../app/route.ts';
import { Authored } from '../../parts/authored.tsx';
import { Command } from '../../parts/command.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Empty, Loaded, Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { SubscriptionState } from './deliveries-card.tsx';
import { formatCount } from './format-count.ts';

type Delivery = Answer<'getDelivery'>;
type Entry = Delivery['entries'][number];

const Attempts = ({ attempts }: Pick<Entry, 'attempts'>) => {
  const t = texts.value.health.deliveries;
  return (
    <details>
      <summary>{t.attempt(formatCount(attempts.length))}</summary>
      <ol class="steps">
        {attempts.map(({ at, ms, result, status, reason }) => (
          <li key={at}>
            {t.results[result]} {status !== undefined && <code>HTTP {status}</code>}{' '}
            {reason !== undefined && <Authored>{reason}</Authored>}{' '}
            <span class="muted">
              <Instant at={at} /> · {t.took(formatCount(Math.round(ms)))}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
};

const DeliveryEntry = ({ entry }: { readonly entry: Entry }) => {
  const t = texts.value.health.deliveries;
  const { type, leadId, state, nextTryAt, endedAt, plannedAt, reason, attempts } = entry;
  return (
    <li class="delivery">
      <p class="row spread">
        <span>
          <strong>{type}</strong>{' '}
          <a href={hrefOfLead(leadId)}>
            <bdi>{leadId}</bdi>
          </a>
        </span>
        <span class={`tag tag-${state === 'failed' ? 'wrong' : 'plain'}`}>{t.entryStates[state]}</span>
      </p>
      <p class="muted">
        {t.planned} <Instant at={plannedAt} />
        {nextTryAt !== null && (
          <>
            {' · '}
            {t.next} <Instant at={nextTryAt} />
          </>
        )}
        {endedAt !== null && (
          <>
            {' · '}
            {t.ended} <Instant at={endedAt} />
          </>
        )}
      </p>
      {reason !== undefined && (
        <p>
          <Authored>{reason}</Authored>
        </p>
      )}
      {attempts.length > 0 && <Attempts attempts={attempts} />}
    </li>
  );
};

const pageSize = 50;
/** A page may be empty and still not be the last; so many are read at once at most. */
const mostPages = 10;

/** Loads deliveries, page by page, until there are enough or no more. @param from null at the beginning */
const load = async (subscription: string, from: string | null, signal: AbortSignal): Promise<Delivery> => {
  const read = (cursor: string | null) =>
    call('getDelivery', {
      path: { subscription },
      query: { limit: `${pageSize}`, ...(cursor !== null && { cursor }) },
      signal,
    });
  let delivery = await read(from);
  for (let pages = 1; pages < mostPages && delivery.cursor !== null; pages += 1) {
    if (delivery.entries.length >= pageSize) break;
    const next = await read(delivery.cursor);
    delivery = { ...next, entries: [...delivery.entries, ...next.entries] };
  }
  return delivery;
};

interface ShownProps {
  readonly delivery: Delivery;
  readonly older: Older<Entry>;
  readonly onMore: () => void;
}

const Shown = ({ delivery, older, onMore }: ShownProps) => {
  const t = texts.value.health.deliveries;
  const { subscription, state, waiting, more } = delivery;
  const entries = [...delivery.entries, ...older.items];
  return (
    <>
      <section class="card">
        <p class="row">
          <SubscriptionState of={delivery} />
          <span class="muted">
            {t.waiting}: {formatCount(waiting, more)}
          </span>
        </p>
        {state === 'paused' && (
          <p>
            <Command text={`npx sluice deliveries resume ${subscription}`} />
          </p>
        )}
      </section>
      <section class="card" aria-labelledby="entries">
        <h2 id="entries">{t.entries}</h2>
        {entries.length === 0 && !older.hasMore && <Empty title={t.noEntries} />}
        <ul class="plain">
          {entries.map((entry) => (
            <DeliveryEntry key={entry.id} entry={entry} />
          ))}
        </ul>
        {older.error !== undefined && <Problem error={older.error} retry={older.loadMore} />}
        {older.hasMore && (
          <button
            type="button"
            class="secondary"
            aria-disabled={older.loadMore === undefined}
            onClick={onMore}
          >
            {texts.value.parts.more}
          </button>
        )}
      </section>
    </>
  );
};

/** Shows the deliveries of a subscription with their attempts. */
export const DeliveryView = ({ subscription }: { readonly subscription: string }) => {
  const t = texts.value.health.deliveries;
  const [isLonger, setLonger] = useState(false);
  useEffect(() => setLonger(false), [subscription]);
  // The rest of a list follows its first part: that stays as it is once there is more of it.
  const loaded = useResource(
    (signal) => load(subscription, null, signal),
    [subscription],
    isLonger ? {} : { everyMs: 30_000 },
  );
  const older = useOlder(
    loaded.resource.value.value?.cursor,
    async (from, signal) => {
      const { entries, cursor } = await load(subscription, from, signal);
      return { items: entries, cursor };
    },
    [subscription],
  );
  const onMore = (): void => {
    setLonger(true);
    older.loadMore?.();
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [subscription]);
  return (
    <>
      <p>
        <a href={hrefOf('health')}>← {t.back}</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {t.title(subscription)}
      </h1>
      <Loaded from={loaded}>
        {(delivery) => <Shown delivery={delivery} older={older} onMore={onMore} />}
      </Loaded>
    </>
  );
};

import { useEffect, useMemo, useState } from 'preact/hooks';
import { type LoadedResource, useResource } from '../../api/use-resource.ts';
import { route } from '../../app/route.ts';
import { settleAnswers } from '../../parts/handoff/answering.ts';
import { Loaded } from '../../parts/states.tsx';
import { session } from '../../session/session.ts';
import { locale, texts } from '../../texts/texts.ts';
import { AtAGlance } from './at-a-glance.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterHandoffs, readFilters, type TodayFilters, usualWhose } from './filters.ts';
import { KeysHelp } from './keys-help.tsx';
import { type HandoffList, loadHandoffs } from './load-handoffs.ts';
import { Nobody } from './nobody.tsx';
import { Queue } from './queue.tsx';
import { useQueues } from './use-queues.ts';
import './today.css';

/** Whoever waits is shown soon; what is answered already is looked up. */
const openRefreshMs = 15_000;
const otherRefreshMs = 60_000;

interface ListProps {
  readonly from: LoadedResource<HandoffList>;
  readonly filters: TodayFilters;
  readonly onHelp: () => void;
}

const isChosen = ({ queue, tier, whose, lateOnly }: TodayFilters): boolean =>
  queue !== undefined || tier !== undefined || lateOnly || whose !== usualWhose(session.value.person);

interface LoadedListProps extends Omit<ListProps, 'from'> {
  readonly list: HandoffList;
}

const LoadedList = ({ list: { handoffs, hasMore }, filters, onHelp }: LoadedListProps) => {
  const t = texts.value.today;
  const { person } = session.value;
  const chosen = JSON.stringify(filters);
  // The queue is brought up to date when something else is loaded, not when this is shown again.
  const matching = useMemo(
    () => filterHandoffs(handoffs, JSON.parse(chosen), person),
    [handoffs, chosen, person],
  );
  const counted = filters.state === 'open' ? t.listOf : t.handoffs;
  const most = handoffs.length.toLocaleString(locale.value);
  const mostShown = filters.queue === undefined ? t.mostShown : t.mostShownOfQueue;
  return (
    <>
      <p class="muted count">
        {counted(matching.length)}
        {hasMore && ` · ${mostShown(most)}`}
      </p>
      <Queue key={chosen} handoffs={matching} state={filters.state} onHelp={onHelp}>
        <Nobody
          state={filters.state}
          isFiltered={hasMore || handoffs.length > 0 || isChosen(filters)}
          hasMore={hasMore}
        />
      </Queue>
    </>
  );
};

const List = ({ from, ...shown }: ListProps) => (
  <Loaded from={from}>{(list) => <LoadedList list={list} {...shown} />}</Loaded>
);

/** Finds answers that have not taken effect among the open hand-offs that were loaded. */
const useSettledAnswers = (open: HandoffList | undefined): void =>
  useEffect(() => {
    if (open !== undefined) settleAnswers(new Set(open.handoffs.map(({ id }) => id)));
  }, [open]);

/** Shows a list that is loaded by itself: of another state, or of a queue of which not all open ones were loaded. */
const OtherList = ({ filters, onHelp }: Omit<ListProps, 'from'>) => {
  const { state, queue } = filters;
  const from = useResource((signal) => loadHandoffs({ state, queue }, signal), [state, queue], {
    everyMs: state === 'open' ? openRefreshMs : otherRefreshMs,
  });
  useSettledAnswers(state === 'open' ? from.resource.value.value : undefined);
  return <List from={from} filters={filters} onHelp={onHelp} />;
};

/** The page Today: who to call, and why. */
export const Today = () => {
  const t = texts.value.today;
  const [isHelpShown, setHelpShown] = useState(false);
  const onHelp = (): void => setHelpShown(true);
  const open = useResource((signal) => loadHandoffs({ state: 'open' }, signal), [], {
    everyMs: openRefreshMs,
  });
  const list = open.resource.value.value;
  useSettledAnswers(list);
  const filters = readFilters(route.value.query, session.value.person);
  const isLoaded = filters.state === 'open' && (filters.queue === undefined || list?.hasMore !== true);
  return (
    <div class="today">
      <header class="row spread today-head">
        <div>
          <h1 tabIndex={-1}>{t.title}</h1>
          <p class="muted">{t.lead}</p>
        </div>
        <button type="button" class="secondary" aria-keyshortcuts="?" onClick={onHelp}>
          {t.keys} <kbd>?</kbd>
        </button>
      </header>
      {list !== undefined && <AtAGlance list={list} />}
      <FilterBar filters={filters} queues={useQueues(list)} />
      {isLoaded ? (
        <List from={open} filters={filters} onHelp={onHelp} />
      ) : (
        <OtherList filters={filters} onHelp={onHelp} />
      )}
      {isHelpShown && <KeysHelp onClose={() => setHelpShown(false)} />}
    </div>
  );
};

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
import { countAtAGlance } from './order.ts';
import { Queue } from './queue.tsx';
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
  return (
    <>
      <p class="muted count">
        {counted(matching.length)}
        {hasMore && ` · ${t.mostShown(handoffs.length.toLocaleString(locale.value))}`}
      </p>
      <Queue key={chosen} handoffs={matching} state={filters.state} onHelp={onHelp}>
        <Nobody state={filters.state} isFiltered={handoffs.length > 0 || isChosen(filters)} />
      </Queue>
    </>
  );
};

const List = ({ from, ...shown }: ListProps) => (
  <Loaded from={from}>{(list) => <LoadedList list={list} {...shown} />}</Loaded>
);

const OtherList = ({ filters, onHelp }: Omit<ListProps, 'from'>) => {
  const { state, queue } = filters;
  const from = useResource((signal) => loadHandoffs({ state, queue }, signal), [state, queue], {
    everyMs: otherRefreshMs,
  });
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
  const handoffs = open.resource.value.value?.handoffs;
  useEffect(() => {
    if (handoffs !== undefined) settleAnswers(new Set(handoffs.map(({ id }) => id)));
  }, [handoffs]);
  const filters = readFilters(route.value.query, session.value.person);
  const queues = countAtAGlance(handoffs ?? [], 0).queues.map(([queue]) => queue);
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
      {handoffs !== undefined && <AtAGlance handoffs={handoffs} />}
      <FilterBar filters={filters} queues={queues} />
      {filters.state === 'open' ? (
        <List from={open} filters={filters} onHelp={onHelp} />
      ) : (
        <OtherList filters={filters} onHelp={onHelp} />
      )}
      {isHelpShown && <KeysHelp onClose={() => setHelpShown(false)} />}
    </div>
  );
};

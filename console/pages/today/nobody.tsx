import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { Instant } from '../../parts/instant.tsx';
import { Empty } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { clearFilters } from './filter-bar.tsx';
import type { TodayFilters } from './filters.ts';

const NextOne = () => {
  const t = texts.value.today;
  const { resource } = useResource(
    (signal) => call('listHandoffs', { query: { state: 'waiting', limit: '200' }, signal }),
    [],
  );
  const next = (resource.value.value?.handoffs ?? []).flatMap(({ waitsUntil = [] }) => waitsUntil).sort()[0];
  return (
    <p>
      {next === undefined ? (
        t.nobodySoon
      ) : (
        <>
          {t.nextDue} <Instant at={next} />
        </>
      )}
    </p>
  );
};

interface NobodyProps {
  readonly state: TodayFilters['state'];
  /** Whether there is somebody, whom the filters leave out. */
  readonly isFiltered: boolean;
  /** Whether there are more than were loaded. */
  readonly hasMore: boolean;
}

/** Says that a list is empty, and what comes next or can be done. */
export const Nobody = ({ state, isFiltered, hasMore }: NobodyProps) => {
  const t = texts.value.today;
  const noneMatches = state === 'open' ? t.nobodyMatches : t.noneOfState;
  if (isFiltered)
    return (
      <Empty title={hasMore ? t.nobodyLoaded : noneMatches}>
        <button type="button" class="secondary" onClick={clearFilters}>
          {t.clear}
        </button>
      </Empty>
    );
  return <Empty title={state === 'open' ? t.nobody : t.noneOfState}>{state === 'open' && <NextOne />}</Empty>;
};

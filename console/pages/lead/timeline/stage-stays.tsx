import { formatDuration } from '../../../parts/duration.ts';
import { locale, texts } from '../../../texts/texts.ts';
import type { Entry } from '../types.ts';
import { listStays } from './stays.ts';

/** Shows how long a lead was at each stage. */
export const StageStays = ({
  entries,
  until,
}: {
  readonly entries: readonly Entry[];
  readonly until: number;
}) => {
  const stays = listStays(entries);
  const { lead: t, words } = texts.value;
  if (stays.length === 0) return null;
  return (
    <ol class="stays" aria-label={t.timeline.stays}>
      {stays.map(({ stage, from, to }) => (
        <li key={`${stage} ${from}`}>
          <strong>{words.stages[stage]}</strong>{' '}
          <span class="muted">
            {from === undefined
              ? t.timeline.stayUnknown
              : formatDuration(Math.max(0, (to ?? until) - from), locale.value)}
          </span>
        </li>
      ))}
    </ol>
  );
};

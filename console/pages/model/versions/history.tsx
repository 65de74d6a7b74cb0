import { useOlder } from '../../../api/use-older.ts';
import { Instant } from '../../../parts/instant.tsx';
import { Problem } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';
import { type HistoryEntry, type HistoryPart, loadHistory } from './load-history.ts';

const Entry = ({ entry }: { readonly entry: HistoryEntry }) => {
  const t = texts.value.model.versions;
  const { act, modelVersion, previousModelVersion, actions, by, reason, at } = entry;
  return (
    <li>
      <p>
        <strong>{t.acts[act]}</strong> <code>{modelVersion}</code>
        {previousModelVersion !== undefined && (
          <span class="muted"> {t.insteadOf(previousModelVersion)}</span>
        )}
        {actions === 'none' && <span class="muted"> · {t.withoutActions}</span>}
      </p>
      <p class="muted">
        <bdi>{by}</bdi> · <Instant at={at} />
      </p>
      <p>
        <bdi>{reason}</bdi>
      </p>
    </li>
  );
};

interface HistoryProps {
  /** The latest part. */
  readonly first: HistoryPart;
  /** Rises when the models in use have changed. */
  readonly revision: number;
}

/** Lists what was done with models, by whom and why, the latest first. */
export const History = ({ first, revision }: HistoryProps) => {
  const t = texts.value.model.versions;
  const { items, error, hasMore, loadMore } = useOlder(first.cursor, loadHistory, [revision]);
  const entries = [...first.items, ...items];
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{t.history}</h2>
      {entries.length === 0 ? (
        <p class="muted">{t.noHistory}</p>
      ) : (
        <ol class="history">
          {entries.map((entry) => (
            <Entry key={entry.revision} entry={entry} />
          ))}
        </ol>
      )}
      {error !== undefined && <Problem error={error} retry={loadMore} />}
      {hasMore && (
        <button
          type="button"
          class="secondary"
          aria-disabled={loadMore === undefined}
          onClick={() => loadMore?.()}
        >
          {texts.value.parts.more}
        </button>
      )}
    </section>
  );
};

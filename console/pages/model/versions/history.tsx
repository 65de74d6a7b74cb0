import { Instant } from '../../../parts/instant.tsx';
import { texts } from '../../../texts/texts.ts';
import type { HistoryEntry } from '../model-change.ts';

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

/** Lists what was done with models, by whom and why, the latest first. */
export const History = ({ entries }: { readonly entries: readonly HistoryEntry[] }) => {
  const t = texts.value.model.versions;
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
    </section>
  );
};

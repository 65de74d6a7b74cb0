import { useResource } from '../../../api/use-resource.ts';
import { Loaded } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';
import type { ListedModel, ModelChange } from '../model-change.ts';
import { Differences } from './differences.tsx';
import { History } from './history.tsx';
import { loadHistory } from './load-history.ts';
import { Shadow } from './shadow.tsx';
import { VersionTable } from './version-table.tsx';

interface VersionsProps {
  readonly models: readonly ListedModel[];
  readonly isAdmin: boolean;
  /** Rises when the models in use have changed. */
  readonly revision: number;
  readonly onChange: (change: ModelChange) => void;
}

/** Shows all published models, their differences and their history. */
export const Versions = ({ models, isAdmin, revision, onChange }: VersionsProps) => {
  const t = texts.value.model;
  const history = useResource((signal) => loadHistory(undefined, signal), [revision]);
  const shadow = models.find((model) => model.shadow);
  const earlier = history.resource.value.value?.rollsBackTo;
  return (
    <>
      <section class="card" aria-labelledby="versions">
        <div class="row spread">
          <h2 id="versions">{t.versions.title}</h2>
          {isAdmin && earlier !== undefined && (
            <button
              type="button"
              class="secondary"
              onClick={() => onChange({ kind: 'roll-back', version: earlier })}
            >
              {t.changes.rollBackDots(earlier)}
            </button>
          )}
        </div>
        <VersionTable models={models} isAdmin={isAdmin} onChange={onChange} />
      </section>
      {shadow !== undefined && <Shadow version={shadow.modelVersion} />}
      <Differences models={models} earlier={earlier} />
      <Loaded from={history}>{(first) => <History first={first} revision={revision} />}</Loaded>
    </>
  );
};

import { call } from '../../../api/call.ts';
import { useResource } from '../../../api/use-resource.ts';
import { changeFilters, route } from '../../../app/route.ts';
import { authorsLanguage } from '../../../parts/authored.tsx';
import { Loaded } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';
import type { ListedModel } from '../model-change.ts';

interface VersionSelectProps {
  readonly label: string;
  readonly filter: 'before' | 'after';
  readonly value: string;
  readonly models: readonly ListedModel[];
}

const VersionSelect = ({ label, filter, value, models }: VersionSelectProps) => (
  <label>
    {label}
    <select value={value} onChange={({ currentTarget }) => changeFilters({ [filter]: currentTarget.value })}>
      {models.map(({ modelVersion }) => (
        <option key={modelVersion} value={modelVersion}>
          {modelVersion}
        </option>
      ))}
    </select>
  </label>
);

const Sentences = ({ before, after }: { readonly before: string; readonly after: string }) => {
  const t = texts.value.model.versions;
  const differences = useResource(
    (signal) => call('diffModels', { path: { version: before, other: after }, signal }),
    [before, after],
  );
  return (
    <Loaded from={differences}>
      {({ differences: found }) =>
        found.length === 0 ? (
          <p class="muted">{t.noDifference}</p>
        ) : (
          <div lang={authorsLanguage} class="differences">
            {found.map(({ about, sentences }) => (
              <section key={about}>
                <h3>{about}</h3>
                <ul>
                  {sentences.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )
      }
    </Loaded>
  );
};

interface DifferencesProps {
  readonly models: readonly ListedModel[];
  /** The version that was active before, with which the active one is compared at first. */
  readonly earlier: string | undefined;
}

/** Says in words what one published model changes against another. */
export const Differences = ({ models, earlier }: DifferencesProps) => {
  const t = texts.value.model.versions;
  const { query } = route.value;
  const known = (version: string | null | undefined): string | undefined =>
    models.find(({ modelVersion }) => modelVersion === version)?.modelVersion;
  const active = models.find((model) => model.active)?.modelVersion;
  const [first] = models;
  const after = known(query.get('after')) ?? active ?? first?.modelVersion;
  const other = models.find(({ modelVersion }) => modelVersion !== after)?.modelVersion;
  const before = known(query.get('before')) ?? (earlier === after ? undefined : known(earlier)) ?? other;
  if (before === undefined || after === undefined) return null;
  return (
    <section class="card" aria-labelledby="differences">
      <h2 id="differences">{t.differences}</h2>
      <div class="row selects">
        <VersionSelect label={t.before} filter="before" value={before} models={models} />
        <VersionSelect label={t.after} filter="after" value={after} models={models} />
      </div>
      <Sentences before={before} after={after} />
    </section>
  );
};

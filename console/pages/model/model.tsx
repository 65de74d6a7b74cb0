import { Authored } from '../../parts/authored.tsx';
import './model.css';
import { useSignal } from '@preact/signals';
import type { ModelDocument } from '../../../shared/scoring/index.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { changeFilters, hrefOf, route } from '../../app/route.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { session } from '../../session/session.ts';
import { texts } from '../../texts/texts.ts';
import { ModelDialog } from './changes/model-dialog.tsx';
import { Rescoring } from './changes/rescoring.tsx';
import { Edit } from './edit.tsx';
import type { ListedModel, ModelChange } from './model-change.ts';
import { Marks } from './versions/marks.tsx';
import { Versions } from './versions/versions.tsx';
import { ModelWords } from './words/model-words.tsx';

const tabs = ['words', 'versions', 'edit'] as const;
type Tab = (typeof tabs)[number];

const TabLinks = ({ shown, isAdmin }: { readonly shown: Tab; readonly isAdmin: boolean }) => {
  const t = texts.value.model;
  const version = route.value.query.get('version') ?? undefined;
  return (
    <nav class="tabs" aria-label={t.tabsLabel}>
      {tabs
        .filter((tab) => tab !== 'edit' || isAdmin)
        .map((tab) => (
          <a
            key={tab}
            href={hrefOf('model', { version, tab: tab === 'words' ? undefined : tab })}
            {...(tab === shown && { 'aria-current': 'page' })}
          >
            {t.tabs[tab]}
          </a>
        ))}
    </nav>
  );
};

interface ShownModelProps {
  readonly models: readonly ListedModel[];
  readonly model: ListedModel;
}

const Head = ({ models, model, isWhole }: ShownModelProps & { readonly isWhole: boolean }) => {
  const t = texts.value.model;
  return (
    <div class="model-head">
      <div>
        <p class="model-title">
          <Authored>{model.title}</Authored> <Marks model={model} />
        </p>
        {isWhole && model.description !== undefined && (
          <p class="muted">
            <Authored>{model.description}</Authored>
          </p>
        )}
      </div>
      <label>
        {t.version}
        <select
          value={model.modelVersion}
          onChange={({ currentTarget }) => changeFilters({ version: currentTarget.value })}
        >
          {models.map(({ modelVersion, active }) => (
            <option key={modelVersion} value={modelVersion}>
              {modelVersion}
              {active ? ` · ${t.marks.active}` : ''}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};

const loadDocument = async (version: string, signal: AbortSignal): Promise<ModelDocument> =>
  (await call('getModel', { path: { version }, signal })).document as ModelDocument;

const findTab = (isAdmin: boolean): Tab => {
  const asked = tabs.find((tab) => tab === route.value.query.get('tab')) ?? 'words';
  return asked === 'edit' && !isAdmin ? 'words' : asked;
};

interface ContentProps extends ShownModelProps {
  readonly isAdmin: boolean;
  readonly revision: number;
  /** Loads again what may have changed. */
  readonly onDone: () => void;
}

const Content = ({ models, model, isAdmin, revision, onDone }: ContentProps) => {
  const change = useSignal<ModelChange | undefined>(undefined);
  const { modelVersion } = model;
  const active = models.find((each) => each.active)?.modelVersion ?? modelVersion;
  const documents = useResource(
    async (signal) => {
      const [shown, ofActive] = await Promise.all([
        loadDocument(modelVersion, signal),
        loadDocument(active, signal),
      ]);
      return { shown, ofActive };
    },
    [modelVersion, active],
  );
  const tab = findTab(isAdmin);
  return (
    <>
      <Head models={models} model={model} isWhole={tab === 'words'} />
      <Rescoring isAdmin={isAdmin} keys={[revision]} />
      <TabLinks shown={tab} isAdmin={isAdmin} />
      {tab === 'versions' ? (
        <Versions
          models={models}
          isAdmin={isAdmin}
          revision={revision}
          onChange={(made) => {
            change.value = made;
          }}
        />
      ) : (
        <Loaded from={documents}>
          {({ shown, ofActive }) =>
            tab === 'edit' ? (
              <Edit
                models={models}
                activeVersion={active}
                active={ofActive}
                shownVersion={modelVersion}
                shown={shown}
                onPublished={onDone}
              />
            ) : (
              <ModelWords document={shown} />
            )
          }
        </Loaded>
      )}
      {change.value !== undefined && (
        <ModelDialog
          change={change.value}
          active={active}
          onDone={onDone}
          onClose={() => {
            change.value = undefined;
          }}
        />
      )}
    </>
  );
};

/** The milliseconds after which the models are listed again while they are seen: others may change them. */
const everyMs = 10_000;

/** The page Model: the model in words, its versions, and its editor. */
export const Model = () => {
  const t = texts.value.model;
  const revision = useSignal(0);
  const isAdmin = session.value.person?.role === 'admin';
  const models = useResource((signal) => call('listModels', { signal }), [], { everyMs });
  const asked = route.value.query.get('version');
  return (
    <div class="model-page">
      <h1 tabIndex={-1}>{t.title}</h1>
      <Loaded from={models}>
        {({ models: listed }) => {
          const model =
            listed.find(({ modelVersion }) => modelVersion === asked) ?? listed.find(({ active }) => active);
          if (model === undefined) return <Empty title={t.none} />;
          return (
            <Content
              models={listed}
              model={model}
              isAdmin={isAdmin}
              revision={revision.value}
              onDone={() => {
                revision.value += 1;
                models.reload();
              }}
            />
          );
        }}
      </Loaded>
    </div>
  );
};

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ModelDocument } from '../../../shared/scoring/index.ts';
import { NotLoaded } from '../../parts/not-loaded.tsx';
import { Loading } from '../../parts/states.tsx';
import { draft } from './draft.ts';
import type { ModelEditorProps } from './editor/model-editor.tsx';
import type { ListedModel } from './model-change.ts';

interface EditProps {
  readonly models: readonly ListedModel[];
  readonly activeVersion: string;
  readonly active: ModelDocument;
  /** The model that is shown: a new draft begins with it. */
  readonly shownVersion: string;
  readonly shown: ModelDocument;
  readonly onPublished: () => void;
}

interface Loaded {
  readonly ModelEditor: FunctionComponent<ModelEditorProps>;
  readonly formatJson: (value: unknown) => string;
}

/** The editor is larger than all else of the console, so that only who edits loads it. */
const loadEditor = async (): Promise<Loaded> => {
  const [{ ModelEditor }, { formatJson }] = await Promise.all([
    import('./editor/model-editor.tsx'),
    import('./editor/format-json.ts'),
  ]);
  return { ModelEditor, formatJson };
};

/** Loads the editor, and begins a draft if there is none. */
export const Edit = ({ models, activeVersion, active, shownVersion, shown, onPublished }: EditProps) => {
  const [loaded, setLoaded] = useState<Loaded>();
  const [isFailed, setFailed] = useState(false);
  const [number, setNumber] = useState(0);
  useEffect(() => {
    if (isFailed) return undefined;
    let isLeft = false;
    void loadEditor().then(
      (editor) => !isLeft && setLoaded(editor),
      () => !isLeft && setFailed(true),
    );
    return () => {
      isLeft = true;
    };
  }, [isFailed]);
  useEffect(() => {
    if (loaded === undefined || draft.peek() !== undefined) return;
    const text = loaded.formatJson(shown);
    draft.value = { origin: shownVersion, saved: text, text };
  }, [loaded, shown, shownVersion, number]);
  if (isFailed) return <NotLoaded retry={() => setFailed(false)} />;
  if (loaded === undefined || draft.value === undefined) return <Loading />;
  return (
    <loaded.ModelEditor
      key={number}
      draft={draft.value}
      active={JSON.stringify(active)}
      activeVersion={activeVersion}
      published={models.map(({ modelVersion }) => modelVersion)}
      onPublished={onPublished}
      onDiscard={() => {
        draft.value = undefined;
        setNumber(number + 1);
      }}
    />
  );
};

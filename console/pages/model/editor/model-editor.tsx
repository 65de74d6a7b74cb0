import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Worded } from '../../../parts/authored.tsx';
import { withoutMarks } from '../../../parts/authored-marks.ts';
import { texts } from '../../../texts/texts.ts';
import { changeDraft, type Draft, draft, hasChanges, noteSaved } from '../draft.ts';
import { type CodeEditor, createCodeEditor } from './code-editor.ts';
import { DiscardDraftDialog } from './discard-draft-dialog.tsx';
import { DraftEffect } from './draft-effect.tsx';
import { FileButtons } from './file-buttons.tsx';
import { describeFinding, Findings } from './findings.tsx';
import { formatJson } from './format-json.ts';
import { suggestVersion } from './next-version.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { setVersion } from './set-version.ts';
import { type DraftFinding, type Judgement, useJudgement } from './use-judgement.ts';

export interface ModelEditorProps {
  readonly draft: Draft;
  /** The text of the active model, with which the draft is compared. */
  readonly active: string;
  readonly activeVersion: string;
  /** The versions of all published models. */
  readonly published: readonly string[];
  readonly onPublished: () => void;
  /** Forgets the draft. */
  readonly onDiscard: () => void;
}

interface Document {
  readonly id?: unknown;
  readonly version?: unknown;
}

const parse = (text: string): Document | undefined => {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && !Array.isArray(document)
      ? document
      : undefined;
  } catch {
    return undefined;
  }
};

const locate = (editor: CodeEditor, { range, path }: DraftFinding) => range ?? editor.locate(path);

const renderFinding = (finding: DraftFinding): Node => {
  const host = document.createElement('span');
  render(<Worded text={describeFinding(finding)} />, host);
  return host;
};

const markFindings = (editor: CodeEditor | undefined, judgement: Judgement | undefined): void => {
  // The findings of an older text would be marked in wrong places.
  if (editor === undefined || judgement?.text !== editor.view.state.doc.toString()) return;
  editor.mark(
    judgement.findings.map((finding) => ({
      ...locate(editor, finding),
      severity: finding.severity,
      message: withoutMarks(describeFinding(finding)),
      renderMessage: () => renderFinding(finding),
    })),
  );
};

/** Edits a draft of a model: with its findings in place, and with what it would change for leads beside it. */
export const ModelEditor = (props: ModelEditorProps) => {
  const { draft: edited, active, published } = props;
  const t = texts.value.model.editor;
  const { language, judgement, comparison } = useJudgement(edited.text, active);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | undefined>(undefined);
  const isPublishing = useSignal(false);
  const isDiscarding = useSignal(false);

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const created = createCodeEditor({
      parent,
      text: draft.peek()?.text ?? '',
      label: t.label,
      language,
      onChange: changeDraft,
    });
    editor.current = created;
    return created.destroy;
  }, [language, t.label]);

  const judged = judgement.value;
  useEffect(() => markFindings(editor.current, judged), [judged]);

  const parsed = parse(edited.text);
  const isJudged = judged?.text === edited.text;
  const hasErrors = judged?.findings.some(({ severity }) => severity === 'error') ?? true;
  const [id, version] = [String(parsed?.id ?? 'model'), String(parsed?.version ?? '1')];
  return (
    <>
      <div class="row spread editor-bar">
        <p class="muted">
          {t.origin(edited.origin)} {hasChanges.value && <strong>{t.changed}</strong>}
        </p>
        <div class="row">
          <button
            type="button"
            class="secondary"
            disabled={parsed === undefined}
            onClick={() => editor.current?.replace(formatJson(parsed))}
          >
            {t.format}
          </button>
          <FileButtons
            name={`${id}-${version}.json`}
            text={edited.text}
            onLoad={(name, text) => {
              draft.value = { origin: name, saved: text, text };
              editor.current?.replace(text);
            }}
            onDownload={noteSaved}
          />
          <button
            type="button"
            class="secondary"
            onClick={() => {
              if (hasChanges.peek()) isDiscarding.value = true;
              else props.onDiscard();
            }}
          >
            {t.discard}
          </button>
          <button
            type="button"
            disabled={!isJudged || hasErrors}
            onClick={() => {
              isPublishing.value = true;
            }}
          >
            {t.publish}
          </button>
        </div>
      </div>
      <div class="editor-columns">
        <div class="editor-text">
          <div class="editor-host" ref={host} />
          <p class="muted editor-keys">{t.keys}</p>
          <Findings
            judgement={judged}
            onGoTo={(finding) => editor.current?.goTo(locate(editor.current, finding))}
          />
        </div>
        <DraftEffect comparison={comparison.value} activeVersion={props.activeVersion} />
      </div>
      {isDiscarding.value && (
        <DiscardDraftDialog
          onDiscard={props.onDiscard}
          onClose={() => {
            isDiscarding.value = false;
          }}
        />
      )}
      {isPublishing.value && parsed !== undefined && (
        <PublishDialog
          document={parsed}
          version={suggestVersion(id, version, published)}
          onPublished={(chosen) => {
            if (editor.current !== undefined) setVersion(editor.current, chosen);
            noteSaved();
            props.onPublished();
          }}
          onClose={() => {
            isPublishing.value = false;
          }}
        />
      )}
    </>
  );
};

import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  ensureSyntaxTree,
  foldGutter,
  foldKeymap,
  indentOnInput,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { editorTheme, jsonColours } from './colours.ts';
import { type Language, languageExtensions } from './language.ts';
import { findRange, type TextRange } from './path-range.ts';

export interface CodeEditorProps {
  /** The element around the editor. */
  readonly parent: HTMLElement;
  readonly text: string;
  /** The name of the editor for who can't see it. */
  readonly label: string;
  readonly language: Language;
  readonly onChange: (text: string) => void;
}

/** An editor of the text of a model. */
export interface CodeEditor {
  readonly view: EditorView;
  /** Returns the range that a path names. */
  readonly locate: (path: string) => TextRange;
  readonly mark: (diagnostics: readonly Diagnostic[]) => void;
  /** Puts the cursor somewhere, and the focus into the editor. */
  readonly goTo: (range: TextRange) => void;
  /** Replaces the whole text, or a range, in a way that can be undone. */
  readonly replace: (text: string, range?: TextRange) => void;
  readonly destroy: () => void;
}

/** The most milliseconds that the tree of the whole text may take. */
const parseMs = 200;

const extensions = ({ label, language, onChange }: CodeEditorProps) => [
  lineNumbers(),
  highlightActiveLineGutter(),
  foldGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  json(),
  jsonColours,
  lintGutter(),
  languageExtensions(language),
  // Without a binding for Tab, it moves the focus on as everywhere else.
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
  editorTheme,
  EditorState.tabSize.of(2),
  // What can be edited can be focused anyway; not every tool that checks pages knows that.
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (docChanged) onChange(state.doc.toString());
  }),
];

/** Clips a range to a text, and makes it as long as it must be to be seen. */
const clip = ({ from, to }: TextRange, length: number): TextRange => {
  const start = Math.max(0, Math.min(from, length - 1));
  return { from: start, to: Math.min(length, Math.max(to, start + 1)) };
};

/**
 * Creates an editor within a shadow root: there, its styles are stylesheets made by code, which the policy of the page
 * allows, and the page's own don't reach it.
 */
export const createCodeEditor = (props: CodeEditorProps): CodeEditor => {
  const root = props.parent.shadowRoot ?? props.parent.attachShadow({ mode: 'open' });
  const state = EditorState.create({ doc: props.text, extensions: extensions(props) });
  const view = new EditorView({ state, parent: root, root });
  const lengthOf = (): number => view.state.doc.length;
  return {
    view,
    locate: (path) => {
      const tree = ensureSyntaxTree(view.state, lengthOf(), parseMs);
      const text = view.state.doc.toString();
      return tree === null ? { from: 0, to: 1 } : clip(findRange(tree.topNode, text, path), text.length);
    },
    mark: (diagnostics) => {
      const shown = diagnostics.map((each) => ({ ...each, ...clip(each, lengthOf()) }));
      view.dispatch(setDiagnostics(view.state, shown));
    },
    goTo: (range) => {
      const { from, to } = clip(range, lengthOf());
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    replace: (text, { from, to } = { from: 0, to: lengthOf() }) =>
      view.dispatch({ changes: { from, to, insert: text } }),
    destroy: () => view.destroy(),
  };
};

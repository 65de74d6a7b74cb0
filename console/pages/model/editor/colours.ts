import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

const classes: ReadonlyMap<string, string> = new Map([
  ['PropertyName', 'json-name'],
  ['String', 'json-text'],
  ['Number', 'json-number'],
  ['True', 'json-word'],
  ['False', 'json-word'],
  ['Null', 'json-word'],
]);

const decorations = new Map([...classes].map(([name, value]) => [name, Decoration.mark({ class: value })]));

const decorate = ({ state, visibleRanges }: EditorView): DecorationSet => {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter: (node) => {
        const decoration = decorations.get(node.name);
        if (decoration !== undefined) builder.add(node.from, node.to, decoration);
      },
    });
  }
  return builder.finish();
};

/** Colours JSON by variables of the page, so that light and dark are those of the page. */
export const jsonColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update({ view, docChanged, viewportChanged, startState, state }: ViewUpdate): void {
      const isParsed = syntaxTree(startState) !== syntaxTree(state);
      if (docChanged || viewportChanged || isParsed) this.decorations = decorate(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** The look of the editor. Its variables come from the page around it. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--pico-color)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--pico-primary)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--pico-color)' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--pico-color)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--track)',
  },
  '.cm-gutters': {
    border: '0',
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--pico-muted-color)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--track) 35%, transparent)',
  },
  '.cm-tooltip': {
    maxWidth: '30rem',
    border: '1px solid var(--pico-muted-border-color)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface)',
    color: 'var(--pico-color)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--pico-primary-background)',
    color: 'var(--pico-primary-inverse)',
  },
  '.sluice-hover, .cm-completionInfo': { padding: '0.3rem 0.6rem', whiteSpace: 'pre-line' },
  '.json-name': { color: 'var(--dimension-2)' },
  '.json-text': { color: 'var(--dimension-1)' },
  '.json-number, .json-word': { color: 'var(--dimension-4)' },
});

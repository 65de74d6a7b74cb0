import type { CodeEditor } from './code-editor.ts';

/** Writes a version into the text of an editor, in place, so that all else of the text stays as it is. */
export const setVersion = ({ locate, replace, view }: CodeEditor, version: string): void => {
  const range = locate('version');
  // The path leads to a text only if the document has a version.
  if (view.state.sliceDoc(range.from, range.from + 1) === '"') replace(JSON.stringify(version), range);
};

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippet,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { authorsLanguage } from '../../../parts/authored.tsx';
import { type CallWorker, createCaller } from '../worker-calls.ts';
import type { LanguageCalls, Proposal } from './language-calls.ts';

/** A worker that knows the language of models. */
export interface Language {
  readonly call: CallWorker<LanguageCalls>;
  readonly stop: () => void;
}

/** Starts a worker that knows the language of models. */
export const startLanguage = (): Language => {
  const worker = new Worker(new URL('./language-worker.ts', import.meta.url), { type: 'module' });
  return { call: createCaller<LanguageCalls>(worker), stop: () => worker.terminate() };
};

/** Returns a template of the language service as one of CodeMirror: both have tab stops, which are written otherwise. */
const toTemplate = (insert: string): string =>
  insert.replaceAll(/\$(\d+)/g, (_, stop: string) => `\${${stop}}`).replaceAll(/\\([$}\\])/g, '$1');

/** Returns an explanation from the schema of models, which is in English. */
const explain = (text: string): HTMLElement => {
  const dom = document.createElement('div');
  dom.lang = authorsLanguage;
  dom.textContent = text;
  return dom;
};

const toCompletion = ({ label, info, insert }: Proposal): Completion => ({
  label,
  apply: snippet(toTemplate(insert)),
  ...(info && { info: () => explain(info) }),
});

const complete =
  ({ call }: Language) =>
  async ({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> => {
    const before = state.sliceDoc(Math.max(0, pos - 1), pos);
    // Proposals after a bracket or a blank would be in the way of whoever writes on.
    if (!explicit && !/["\w-]/.test(before)) return null;
    const found = await call('complete', { text: state.doc.toString(), at: pos });
    if (found === undefined || found.proposals.length === 0) return null;
    const { from, to, proposals } = found;
    return { from, to, options: proposals.map(toCompletion), filter: false };
  };

const hover = ({ call }: Language) =>
  hoverTooltip(async ({ state }, pos) => {
    const found = await call('hover', { text: state.doc.toString(), at: pos });
    if (found === undefined) return null;
    const dom = explain(found.text);
    dom.className = 'sluice-hover';
    return { pos: found.from, end: found.to, create: () => ({ dom }) };
  });

/** Returns the extensions by which an editor proposes and describes. */
export const languageExtensions = (language: Language): Extension => [
  autocompletion({ override: [complete(language)], activateOnTyping: true, icons: false }),
  hover(language),
];

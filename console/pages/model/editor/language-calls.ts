import {
  type CompletionItem,
  getLanguageService,
  type MarkedString,
  type MarkupContent,
  TextDocument,
} from 'vscode-json-languageservice';
import schemaUrl from '../../../../models/schema/model.json?url';
import { type Schema, withAllKinds } from './all-kinds.ts';

/** A proposal at a position of a text. */
export interface Proposal {
  readonly label: string;
  readonly info?: string;
  /** The text to insert, with tab stops such as `${1:0}`. */
  readonly insert: string;
}

export interface Proposals {
  readonly from: number;
  readonly to: number;
  readonly proposals: readonly Proposal[];
}

/** A text about a range. */
export interface RangeText {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const startService = async () => {
  const response = await fetch(schemaUrl, { credentials: 'omit' });
  const schema = withAllKinds(await response.json()) as Schema;
  const service = getLanguageService({
    // Without it, the service would load whatever `$schema` of the document names.
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  service.configure({
    validate: true,
    allowComments: false,
    schemas: [{ uri: 'urn:sluice:model:1', fileMatch: ['*'], schema }],
  });
  return service;
};

const service = startService();

const parse = async (text: string) => {
  const document = TextDocument.create('file:///model.json', 'json', 1, text);
  return { document, parsed: (await service).parseJSONDocument(document) };
};

const plain = (content: string | MarkedString | MarkupContent | undefined): string =>
  content === undefined ? '' : typeof content === 'string' ? content : content.value;

const insertedBy = ({ textEdit, insertText, label }: CompletionItem): string =>
  textEdit?.newText ?? insertText ?? label;

const toProposal = (item: CompletionItem): Proposal => ({
  label: item.label,
  info: plain(item.documentation),
  insert: insertedBy(item),
});

/** Proposes what may stand at an offset; only what begins like what stands there already. */
const complete = async ({ text, at }: { text: string; at: number }): Promise<Proposals | undefined> => {
  const { document, parsed } = await parse(text);
  const result = await (await service).doComplete(document, document.positionAt(at), parsed);
  const edit = result?.items.find((item) => item.textEdit !== undefined)?.textEdit;
  if (result == null || edit === undefined) return undefined;
  const range = 'range' in edit ? edit.range : edit.replace;
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const typed = text.slice(from, at).replaceAll('"', '').toLowerCase();
  const proposals = result.items.map(toProposal).filter(({ label }) => isMeant(label, typed));
  return { from, to, proposals };
};

const isMeant = (label: string, typed: string): boolean =>
  label.replaceAll('"', '').toLowerCase().includes(typed);

/** Describes what stands at an offset. */
const hover = async ({ text, at }: { text: string; at: number }): Promise<RangeText | undefined> => {
  const { document, parsed } = await parse(text);
  const found = await (await service).doHover(document, document.positionAt(at), parsed);
  const said = [found?.contents ?? []].flat().map(plain).join('\n').replaceAll(/\\(.)/g, '$1').trim();
  if (found?.range === undefined || said === '') return undefined;
  const { start, end } = found.range;
  return { from: document.offsetAt(start), to: document.offsetAt(end), text: said };
};

/** Finds where a text isn't JSON. */
const findSyntaxErrors = async (text: string): Promise<RangeText[]> => {
  const { document, parsed } = await parse(text);
  const found = await (await service).doValidation(document, parsed, { schemaValidation: 'ignore' });
  return found.map(({ range, message }) => ({
    from: document.offsetAt(range.start),
    to: document.offsetAt(range.end),
    text: plain(message),
  }));
};

/** The calls that the worker answers. */
export const languageCalls = { complete, hover, findSyntaxErrors };
export type LanguageCalls = typeof languageCalls;

import { readFileSync } from 'node:fs';

/*
 * Documents whose examples are executed.
 *
 * A fenced block says after its language what it is: words, and words with a value (`json model=small`). Renderers
 * ignore them. Blocks that belong together bear one name.
 *
 *   json model=NAME [base=MODEL]       a complete scoring model; with a base, sections in place of that model's own
 *   json invalid=NAME [base=MODEL]     a broken model, likewise
 *   text errors=NAME                   the message with which `invalid=NAME` is refused, word for word
 *   text check=NAME                    what `sluice model check` prints of the block `model=NAME`
 *   jsonl events=NAME [by=MODEL] [after=NAME]
 *                                      inbound events of one lead, one a line, in the order of arrival; they come after
 *                                      those of another block, and are judged by the same model where none is named
 *   text result=NAME [by=MODEL]        what `events=NAME` come to, as `resultOf` writes it; by that model or their own
 *   text steps=NAME [by=MODEL]         the same step by step, as `stepsOf` writes it
 *   text explained=NAME                what `sluice explain` says of the dimensions after `events=NAME`
 *   text advice=NAME [until=ID] [limit=N]
 *                                      what `sluice next` advises after `events=NAME`, or after one of them
 *   text legend=NAME                   lines of `steps=NAME` in short, each with a note behind an arrow
 *   text truths=NAME by=MODEL          a line each: yes, no or unknown, and the condition that is so after `events=NAME`
 *   text measured                      a line each: how many words and figures it has, and a text
 *   json facts=NAME                    a lead that is thought up, as `sluice model try --facts` reads it
 *   text tried=NAME by=MODEL           what `facts=NAME` come to, as `triedOf` writes it
 *   csv|json|jsonl file=NAME           a file of an import; `text stdout` and `text stderr`: what it prints
 *   sh run                             the command that makes the files marked `made` out of the others
 *   sh                                 commands; only their names and options are checked
 *   sh tried=NAME                      commands of the runbook that a test follows on a local stack
 *   sh aws                             commands of AWS's own tool, which nothing here can try
 *
 * MODEL is the name of a block, or the path of a file in models/.
 *
 * A comment before a table says what the table holds: `<!-- fields: tiers -->` the fields of that object of a schema,
 * one or more names in the first column, with a row each; `<!-- lines: models/bant.json bant.letters -->` the parts of a
 * model that stand there, by id, name or number, a row each that says all that the part states.
 */

export interface Fence {
  readonly language: string;
  /** Words without a value have an empty one. */
  readonly marks: ReadonlyMap<string, string>;
  readonly body: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
}

export interface MarkedTable {
  readonly mark: string;
  readonly subject: string;
  /** Cells of the rows below the heading. */
  readonly rows: readonly (readonly string[])[];
}

/** The documents about scoring models. Their blocks share one space of names. */
export const modelDocuments = ['models.md', 'qualification.md', 'shipped-models.md'] as const;

export const readDocument = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const marksOf = (words: string): Map<string, string> =>
  new Map(
    words
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => {
        const [name = '', ...value] = word.split('=');
        return [name, value.join('=')];
      }),
  );

export const fencesOf = (text: string): Fence[] =>
  [...text.matchAll(/^```(\w+)(?: (.*))?\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    marks: marksOf(match[2] ?? ''),
    body: match[3] ?? '',
    line: lineOf(text, match.index),
  }));

/** Blocks with a mark, by its value; throws where two bear one name, since one of them would go unread. */
export const fencesBy = (fences: readonly Fence[], mark: string): ReadonlyMap<string, Fence> => {
  const found = new Map<string, Fence>();
  for (const fence of fences) {
    const name = fence.marks.get(mark);
    if (name === undefined) continue;
    if (found.has(name)) throw new Error(`two blocks are ${mark}=${name}, the second on line ${fence.line}`);
    found.set(name, fence);
  }
  return found;
};

/** The block that must be there. */
export const fenceOf = (fences: ReadonlyMap<string, Fence>, name: string): Fence => {
  const fence = fences.get(name);
  if (fence === undefined) throw new Error(`no block ${name}; there are ${[...fences.keys()].join(', ')}`);
  return fence;
};

export const linesOf = ({ body }: Fence): string[] => body.split('\n').filter((line) => line !== '');

const cellsOf = (row: string): string[] =>
  row
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

export const markedTables = (text: string): MarkedTable[] =>
  [...text.matchAll(/^<!-- (\S+): (.+) -->\n+((?:\|.*\n)+)/gm)].map((match) => ({
    mark: match[1] ?? '',
    subject: match[2] ?? '',
    rows: (match[3] ?? '').trim().split('\n').slice(2).map(cellsOf),
  }));

/** The names in code quotes in a cell or a text. */
export const quotedNames = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

/** The part of a document under a heading, up to the next heading of its rank or a higher one. */
export const sectionOf = (text: string, heading: string): string => {
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`no heading ${heading}`);
  const rank = heading.split(' ')[0]?.length ?? 1;
  const rest = text.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${rank}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
};

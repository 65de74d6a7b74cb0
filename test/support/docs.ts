import { readFileSync } from 'node:fs';

/*
 * Documents whose examples are executed.
 *
 * After its language, a fenced block has marks: words, and words with a value (`json model=small`). Renderers ignore
 * them. Blocks that belong together have the same name.
 *
 *   json model=NAME [base=MODEL]       a complete scoring model; with a base, sections that replace those of the base
 *   json invalid=NAME [base=MODEL]     a broken model, likewise
 *   text errors=NAME                   the message with which `invalid=NAME` is refused, word for word
 *   text check=NAME                    the output of `sluice model check` for the block `model=NAME`
 *   jsonl events=NAME [by=MODEL] [after=NAME]
 *                                      inbound events of one lead, one a line, in the order of arrival; they follow
 *                                      those of another block, and are judged by the same model if none is named
 *   text result=NAME [by=MODEL]        the result of `events=NAME`, as `formatResult` writes it; by that model or their own
 *   text steps=NAME [by=MODEL]         the same step by step, as `formatSteps` writes it
 *   text explained=NAME                the dimensions after `events=NAME`, as `sluice explain` shows them
 *   text advice=NAME [until=ID] [limit=N]
 *                                      the advice of `sluice next` after `events=NAME`, or after one of them
 *   text legend=NAME                   lines of `steps=NAME` in short, each with a note behind an arrow
 *   text truths=NAME by=MODEL          a line each: yes, no or unknown, and the condition with that result after
 *                                      `events=NAME`
 *   text measured                      a line each: a number of words and figures, and the text that has them
 *   json facts=NAME                    an invented lead, as `sluice model try --facts` reads it
 *   text tried=NAME by=MODEL           the result of `facts=NAME`, as `formatTried` writes it
 *   text curve=NAME by=MODEL           what becomes of `facts=NAME` by itself, as `sluice model try` shows it
 *   text shown=NAME                    lines of a command as of an instant, which test/unit/cli/as-of-commands.test.ts runs
 *   csv|json|jsonl file=NAME           a file of an import; `text stdout` and `text stderr`: its output
 *   sh run                             the command that makes the files marked `made` out of the others
 *   sh                                 commands; only their names and options are checked
 *   sh tried=NAME                      commands of the runbook that a test follows on a local stack
 *   sh api=NAME                        commands of the API that a test follows on a local stack, in one shell
 *   json|text shown=NAME               what `api=NAME` prints; JSON may leave out fields and the rest of lists
 *   sh webhook=SOURCE                  requests of a source with a right and a wrong signature, for a local stack
 *   sh local=NAME [stdin=secret]       other commands that a test follows on a local stack; with a secret as their input
 *   sh background=NAME                 a command that runs until it is stopped, likewise
 *   sh start                           the command that starts that stack
 *   sh form                            commands with words in place of ids; not executed
 *   json answer=NAME                   the body of an answer to a webhook; may leave out fields
 *   text lines=NAME                    parts of what `local=NAME` or `background=NAME` of the same page prints
 *   sh vendor                          commands that call a vendor, which cannot be tried here
 *   sh aws                             commands of the AWS CLI, which cannot be tried here
 *
 * MODEL is the name of a block, or the path of a file in models/.
 *
 * A comment before a table describes the table: `<!-- fields: tiers -->` the fields of that object of a schema, with
 * one or more names in the first column and a row each; `<!-- lines: models/bant.json bant.letters -->` the parts of a
 * model at that path, by id, name or number, with a row each that has everything that the part states.
 */

export interface Fence {
  readonly language: string;
  /** The words after the language, by name. A word without a value has an empty one. */
  readonly marks: ReadonlyMap<string, string>;
  readonly body: string;
  /** The number of the block's first line, counted from 1. */
  readonly line: number;
}

export interface MarkedTable {
  readonly mark: string;
  readonly subject: string;
  /** The cells of the rows below the heading. */
  readonly rows: readonly (readonly string[])[];
}

/** The documents about scoring models. Their blocks share one space of names. */
export const modelDocuments = ['models.md', 'qualification.md', 'shipped-models.md'] as const;

export const readDocument = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const countLine = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const parseMarks = (words: string): Map<string, string> =>
  new Map(
    words
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => {
        const [name = '', ...value] = word.split('=');
        return [name, value.join('=')];
      }),
  );

/** Returns the fenced blocks of a document. Those that belong to the step of a list are indented, their bodies not. */
export const parseFences = (text: string): Fence[] =>
  [...text.matchAll(/^( *)```(\w+)(?: (.*))?\n([\s\S]*?)^\1```$/gm)].map((match) => ({
    language: match[2] ?? '',
    marks: parseMarks(match[3] ?? ''),
    body: (match[4] ?? '').replaceAll(new RegExp(`^${match[1]}`, 'gm'), ''),
    line: countLine(text, match.index),
  }));

/**
 * Returns the blocks with a mark, by its value.
 *
 * @throws Error if two have the same name, since one of them would go unread
 */
export const findFences = (fences: readonly Fence[], mark: string): ReadonlyMap<string, Fence> => {
  const found = new Map<string, Fence>();
  for (const fence of fences) {
    const name = fence.marks.get(mark);
    if (name === undefined) continue;
    if (found.has(name)) throw new Error(`two blocks are ${mark}=${name}, the second on line ${fence.line}`);
    found.set(name, fence);
  }
  return found;
};

/** Returns the block with a name. @throws Error if there is none */
export const findFence = (fences: ReadonlyMap<string, Fence>, name: string): Fence => {
  const fence = fences.get(name);
  if (fence === undefined) throw new Error(`no block ${name}; there are ${[...fences.keys()].join(', ')}`);
  return fence;
};

export const splitLines = ({ body }: Fence): string[] => body.split('\n').filter((line) => line !== '');

const splitCells = (row: string): string[] =>
  row
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

export const markedTables = (text: string): MarkedTable[] =>
  [...text.matchAll(/^<!-- (\S+): (.+) -->\n+((?:\|.*\n)+)/gm)].map((match) => ({
    mark: match[1] ?? '',
    subject: match[2] ?? '',
    rows: (match[3] ?? '').trim().split('\n').slice(2).map(splitCells),
  }));

/** Returns the names in code quotes in a cell or a text. */
export const quotedNames = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

/** Returns the part of a document under a heading, up to the next heading of its rank or a higher one. */
export const findDocSection = (text: string, heading: string): string => {
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`no heading ${heading}`);
  const rank = heading.split(' ')[0]?.length ?? 1;
  const rest = text.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${rank}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
};

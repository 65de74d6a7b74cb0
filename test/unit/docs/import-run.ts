import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type ImportSummary, importCsv, type Reject } from '../../../cli/import/index.ts';
import { type Fence, findFences, splitLines } from '../../support/docs.ts';

const sluice = resolve(import.meta.dirname, '../../../cli/sluice.js');
/** The folder that documents show in place of the temporary one. */
const shownFolder = '/exports';

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly file: (name: string) => string;
}

/** Returns the words of the command line of a block `sh run`, after `npx sluice`. */
export const parseCommand = (fence: Fence | undefined): string[] => {
  const [line = '', ...more] = fence === undefined ? [] : splitLines(fence);
  if (!line.startsWith('npx sluice ') || more.length > 0)
    throw new Error(`not one command of sluice: ${line}`);
  return line.split(' ').slice(2);
};

type Change = (name: string, body: string) => string;

/** Works in a temporary folder with the files that a document shows, except those that the command writes. */
const beside = async <T>(
  fences: readonly Fence[],
  work: (folder: string) => Promise<T>,
  change: Change = (_, body) => body,
): Promise<T> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-docs-')));
  try {
    for (const [name, { body, marks }] of findFences(fences, 'file')) {
      if (!marks.has('made')) writeFileSync(join(folder, name), change(name, body));
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Runs a document's command as its reader would. */
export const runCommand = (fences: readonly Fence[], words: readonly string[]): Promise<Run> =>
  beside(fences, async (folder) => {
    const shown = (text: string) => text.replaceAll(folder, shownFolder);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [sluice, ...words], {
      cwd: folder,
    });
    const made = [...findFences(fences, 'file')]
      .filter(([, { marks }]) => marks.has('made'))
      .map(([name]) => [name, shown(readFileSync(join(folder, name), 'utf8'))] as const);
    const files = new Map(made);
    return { stdout: shown(stdout), stderr: shown(stderr), file: (name) => files.get(name) ?? '' };
  });

export interface Imported {
  readonly summary: ImportSummary;
  readonly events: string;
  readonly rejects: readonly Reject[];
}

/** Runs the same import within this process, on the files shown or on changed ones. */
export const importShown = (fences: readonly Fence[], change?: Change): Promise<Imported> =>
  beside(
    fences,
    async (folder) => {
      const [file, mapping, out] = ['leads.csv', 'mapping.json', 'events.jsonl'].map((name) =>
        join(folder, name),
      ) as [string, string, string];
      const summary = await importCsv({ file, mapping, out });
      const rejects = readFileSync(`${out}.rejected.jsonl`, 'utf8').trimEnd().split('\n');
      return { summary, events: readFileSync(out, 'utf8'), rejects: rejects.map((line) => JSON.parse(line)) };
    },
    change,
  );

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import {
  type ImportOptions,
  type ImportSummary,
  importCsv,
  type MappingInput,
  type Reject,
} from '../../../cli/import/index.ts';
import { type BusEvent, parseInbound } from '../../../events/index.ts';

export type AnyEntry = BusEvent<string, Record<string, unknown>>;
/** Mappings in tests are also wrong ones. */
export type AnyMapping = MappingInput | Record<string, unknown>;

export interface Imported {
  readonly summary: ImportSummary;
  readonly entries: readonly AnyEntry[];
  readonly rejects: readonly Reject[];
}

/** The receiver's clock in these tests. */
const now = () => Date.parse('2026-06-01T00:00:00Z');

const parseLines = (text: string): never[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as never);

/** A temporary folder for each test, with an import in it. */
export const useSandbox = () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-import-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const path = (name: string) => join(folder, name);
  const write = (name: string, content: string | Uint8Array) => writeFile(path(name), content);
  const read = (name: string) => readFile(path(name), 'utf8');

  const run = async (mapping: AnyMapping, csv: string | Uint8Array, options: Partial<ImportOptions> = {}) => {
    await write('leads.csv', csv);
    await write('mapping.json', JSON.stringify(mapping));
    const given = { file: path('leads.csv'), mapping: path('mapping.json'), out: path('events.jsonl'), now };
    return importCsv({ ...given, ...options });
  };

  /** Runs an import, and holds it to what every import keeps. */
  const imported = async (
    mapping: AnyMapping,
    csv: string | Uint8Array,
    options: Partial<ImportOptions> = {},
  ): Promise<Imported> => {
    const summary = await run(mapping, csv, options);
    const entries: AnyEntry[] = parseLines(await read('events.jsonl'));
    const rejects: Reject[] =
      summary.rejects === undefined ? [] : parseLines(await read('events.jsonl.rejected.jsonl'));
    for (const entry of entries) {
      const parsed = parseInbound(entry, now());
      if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.rejection)}`);
    }
    if (entries.length !== summary.events) throw new Error('the summary miscounts the events');
    return { summary, entries, rejects };
  };

  return { path, write, read, run, imported, files: () => readdir(folder) };
};

/** Returns the data of an entry, without ids and times. */
export const said = (entry: AnyEntry | undefined) => {
  const { leadId: _, ...data } = entry?.detail.data ?? {};
  return data;
};

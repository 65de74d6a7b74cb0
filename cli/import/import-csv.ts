import { rm } from 'node:fs/promises';
import { dayMs, type Problem, showValue } from '../../events/index.ts';
import { assertDistinct } from '../files/assert-distinct.ts';
import { formatJson } from '../output/printable.ts';
import { columnFinder, countFound } from './columns.ts';
import { describeBetterSettings } from './csv-guess.ts';
import { type CsvFile, type CsvRow, fitRow, openCsv, rowAsObject } from './csv-rows.ts';
import { ImportError } from './import-error.ts';
import { checkAsOfGiven, checkJoinsGiven, type ImportOptions, locateJoin, readSize } from './import-files.ts';
import { type ImportSummary, type JoinSummary, Tally } from './import-summary.ts';
import { type JoinedFile, joinLimits, readJoinedFile } from './joined-file.ts';
import { type LineFile, openLineFile } from './line-file.ts';
import type { Mapping } from './mapping.ts';
import { readMapping } from './read-mapping.ts';
import type { Reject } from './reject-groups.ts';
import { compileMapping, type ImportedEntry, type RowReader } from './row-events.ts';

interface OpenFile {
  readonly file: string;
  readonly opened: CsvFile;
}

/** Describes from where the headers were read that lack columns of the mapping, and where these rather are. */
const describeHeaders = async (
  files: readonly OpenFile[],
  asked: readonly ReadonlySet<string>[],
): Promise<string> => {
  const sentences: string[] = [];
  for (const [index, { file, opened }] of files.entries()) {
    const names = [...(asked[index] ?? [])];
    if (countFound(opened.header, names) === names.length) continue;
    const better = await describeBetterSettings(file, opened, names);
    sentences.push(`; the header of ${file} was read from line ${opened.headerLine}`);
    if (better !== undefined) sentences.push(`; ${better}`);
  }
  return sentences.join('');
};

/** Reports everything that is wrong with the columns of all files, at once. */
const checkColumns = async (
  mapping: Mapping,
  main: OpenFile,
  joined: readonly JoinedFile[],
  now: () => number,
  asOf: string | undefined,
) => {
  const headers = { main: main.opened.header, joined: joined.map(({ header }) => header) };
  const keys = columnFinder(mapping, headers);
  for (const [index, { name, key }] of mapping.join.entries())
    keys.find(`${name}.${key}`, `join[${index}].key`);
  const compiled = compileMapping(mapping, headers, now, asOf);
  const problems = [...keys.problems, ...(compiled.ok ? [] : compiled.problems)];
  if (compiled.ok && problems.length === 0) return compiled;
  const places = await describeHeaders(
    [main, ...joined],
    keys.asked.map((names, index) => new Set([...names, ...(compiled.asked[index] ?? [])])),
  );
  throw new ImportError(
    'headers-invalid',
    `the columns are not those that the mapping names${places}:`,
    problems,
  );
};

interface Job {
  readonly header: readonly string[];
  readonly file: string;
  readonly joined: readonly JoinedFile[];
  readonly read: RowReader;
  readonly readKey: (cells: readonly string[], join: number) => string;
  readonly out: LineFile;
  readonly rejects: LineFile;
  readonly tally: Tally;
  readonly onEntry: ImportOptions['onEntry'];
  /** The instant, in milliseconds since 1970, before which what happened is history. */
  readonly historyBefore: number;
}

const writeReject = async ({ rejects, tally }: Job, reject: Reject): Promise<void> => {
  tally.addReject(reject);
  await rejects.add(formatJson(reject));
};

const buildReject = (
  file: string,
  header: readonly string[],
  { line, cells }: CsvRow,
  kind: Reject['kind'],
  reasons: readonly Problem[],
): Reject => ({ file, line, kind, reasons, row: rowAsObject(header, cells) });

const readRow = ({ header, joined, read, readKey }: Job, row: CsvRow): ReturnType<RowReader> => {
  const fitted = fitRow(header, row);
  if (fitted.problem !== undefined) return { ok: false, problems: [fitted.problem] };
  const { cells } = fitted.row;
  return read({ cells, joined: joined.map((file, index) => file.take(readKey(cells, index))) });
};

/**
 * Returns the events of a row. If one of them is history, all are: the lead is announced once, as it stands after the
 * whole row.
 */
const markHistory = ({ historyBefore }: Job, entries: readonly ImportedEntry[]): readonly ImportedEntry[] => {
  if (!entries.some(({ detail }) => Date.parse(detail.metadata.occurredAt) < historyBefore)) return entries;
  return entries.map((entry) => ({
    ...entry,
    detail: { ...entry.detail, metadata: { ...entry.detail.metadata, backfill: true as const } },
  }));
};

const importRow = async (job: Job, row: CsvRow): Promise<void> => {
  const { tally } = job;
  tally.rows += 1;
  const result = readRow(job, row);
  if (!result.ok) {
    tally.addRejectedRow();
    await writeReject(job, buildReject(job.file, job.header, row, 'rejected', result.problems));
    return;
  }
  const entries = markHistory(job, result.entries);
  tally.addGoodRow(result.leadId, entries, result.passedOver);
  for (const entry of entries) {
    job.onEntry?.(entry);
    await job.out.add(formatJson(entry));
  }
};

/** Follows what is allowed if a key differs from one of a main row by the case of letters alone. */
const hintOfCase = '; or "case": "lower" in the join, since one differs by case alone';

/** Reports the rows of joined files that no main row took, or that can't be read. */
const importLeftovers = async (job: Job, mapping: Mapping): Promise<JoinSummary[]> => {
  const summaries: JoinSummary[] = [];
  for (const [index, joined] of job.joined.entries()) {
    const { name, file, header, keyIndex, rows, rejected, unmatched } = joined;
    for (const { row, problems } of rejected) {
      await writeReject(job, buildReject(file, header, row, 'rejected', problems));
    }
    const { key = '', on = key } = mapping.join[index] ?? {};
    const left = unmatched();
    for (const { row, otherCase } of left) {
      const reason: Problem = {
        path: `${name}.${key}`,
        given: showValue(row.cells[keyIndex]?.trim()),
        allowed: `a value of the main file's column ${showValue(on)}${otherCase ? hintOfCase : ''}`,
      };
      await writeReject(job, buildReject(file, header, row, 'unmatched', [reason]));
    }
    const matchedRows = rows - rejected.length - left.length;
    const counts = { rows, matchedRows, unmatchedRows: left.length, rejectedRows: rejected.length };
    summaries.push({ name, file, ...counts });
  }
  return summaries;
};

/**
 * Turns a CRM export into events: each row of the CSV file into the events that the mapping says, one
 * EventBridge entry a line, by row. Rows with anything wrong in them give no event and go to the file of rejects with
 * the reasons. The files appear when all is done, or not at all.
 *
 * The same rows give the same event ids, so importing an export again repeats no fact.
 *
 * @throws ImportError if the import can't be done: unreadable files, a wrong mapping, missing columns.
 * @throws UsageError if a file would be written over one that is read
 */
export const importCsv = async (options: ImportOptions): Promise<ImportSummary> => {
  const {
    file,
    out,
    rejects = `${out}.rejected.jsonl`,
    signal,
    onProgress,
    onEntry,
    now = Date.now,
  } = options;
  const mapping = readMapping(options.mapping);
  checkJoinsGiven(options.joins, mapping);
  checkAsOfGiven(options.asOf, mapping);
  const joinPaths = await Promise.all(mapping.join.map((join) => locateJoin(join.name, join.file, options)));
  await assertDistinct([file, options.mapping, ...joinPaths], [out, rejects]);

  const sizes = await Promise.all([file, ...joinPaths].map(readSize));
  const bytesTotal = sizes.reduce((sum, size) => sum + size, 0);
  const tally = new Tally();
  let bytesRead = 0;
  const onBytes = (count: number) => {
    bytesRead += count;
    onProgress?.({ bytesRead, bytesTotal, rows: tally.rows });
  };

  const joined: JoinedFile[] = [];
  // The line of the header is that of one file alone.
  const { header: _, ...sharedCsv } = mapping.csv;
  for (const [index, join] of mapping.join.entries()) {
    signal?.throwIfAborted();
    const source = { ...join, file: joinPaths[index] ?? '', csv: join.csv ?? sharedCsv };
    joined.push(await readJoinedFile(source, options.limits ?? joinLimits, onBytes));
  }
  const opened = await openCsv(file, mapping.csv, onBytes);
  const { header, rows } = opened;
  const files: LineFile[] = [];
  const openOutput = async (path: string): Promise<LineFile> => {
    const opened = await openLineFile(path);
    files.push(opened);
    return opened;
  };
  try {
    const started = now();
    const { read, keys } = await checkColumns(mapping, { file, opened }, joined, () => started, options.asOf);
    const [outFile, rejectsFile] = [await openOutput(out), await openOutput(rejects)];
    const readKey = (cells: readonly string[], join: number) =>
      keys[join]?.readText({ main: cells, joined: [] }) ?? '';
    const job: Job = {
      header,
      file,
      joined,
      read,
      readKey,
      out: outFile,
      rejects: rejectsFile,
      tally,
      onEntry,
      historyBefore: options.live ? Number.NEGATIVE_INFINITY : started - dayMs,
    };
    for await (const row of rows) {
      signal?.throwIfAborted();
      await importRow(job, row);
    }
    const joins = await importLeftovers(job, mapping);
    onProgress?.({ bytesRead, bytesTotal, rows: tally.rows });
    if (tally.rejects > 0) await rejectsFile.commit();
    else await rm(rejects, { force: true });
    await outFile.commit();
    const remarks = [opened, ...joined.map((each) => each.opened)].flatMap((each) => each.remarks);
    return tally.summary(joins, remarks, out, rejects);
  } finally {
    await rows.return(undefined);
    for (const written of files) await written.discard();
  }
};

import { rm } from 'node:fs/promises';
import type { Problem } from '../../events/index.ts';
import { assertDistinct } from '../files/assert-distinct.ts';
import { formatJson } from '../output/printable.ts';
import { columnFinder, headerProblems } from './columns.ts';
import { type CsvRow, cellCountProblem, openCsv, rowAsObject } from './csv-rows.ts';
import { ImportError } from './import-error.ts';
import { checkAsOfGiven, checkJoinsGiven, type ImportOptions, locateJoin, readSize } from './import-files.ts';
import { type ImportSummary, type JoinSummary, type Reject, Tally } from './import-summary.ts';
import { type JoinedFile, joinLimits, readJoinedFile } from './joined-file.ts';
import { type LineFile, openLineFile } from './line-file.ts';
import type { Mapping } from './mapping.ts';
import { readMapping } from './read-mapping.ts';
import { compileMapping, type RowReader } from './row-events.ts';

/** Reports everything that is wrong with the columns of all files, at once. */
const checkColumns = (
  mapping: Mapping,
  main: readonly string[],
  joined: readonly JoinedFile[],
  now: () => number,
  asOf: string | undefined,
) => {
  const headers = { main, joined: joined.map(({ header }) => header) };
  const { find, problems: missingKeys } = columnFinder(mapping, headers);
  for (const [index, { name, key }] of mapping.join.entries()) find(`${name}.${key}`, `join[${index}].key`);
  const compiled = compileMapping(mapping, headers, now, asOf);
  const problems = [
    ...headerProblems(main, 'the header'),
    ...joined.flatMap(({ header, name }) => headerProblems(header, `the header of ${name}`)),
    ...missingKeys,
    ...(compiled.ok ? [] : compiled.problems),
  ];
  if (!compiled.ok || problems.length > 0) {
    throw new ImportError('headers-invalid', 'the columns are not those that the mapping names:', problems);
  }
  return compiled;
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
  const problem = cellCountProblem(header, row);
  if (problem !== undefined) return { ok: false, problems: [problem] };
  return read({
    cells: row.cells,
    joined: joined.map((file, index) => file.take(readKey(row.cells, index))),
  });
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
  tally.addGoodRow(result.leadId, result.entries);
  for (const entry of result.entries) await job.out.add(formatJson(entry));
};

/** Reports the rows of joined files that no main row took, or that can't be read. */
const importLeftovers = async (job: Job, mapping: Mapping): Promise<JoinSummary[]> => {
  const summaries: JoinSummary[] = [];
  for (const [index, { name, file, header, rows, rejected, unmatched }] of job.joined.entries()) {
    for (const { row, problems } of rejected) {
      await writeReject(job, buildReject(file, header, row, 'rejected', problems));
    }
    const { key = '', on = key } = mapping.join[index] ?? {};
    const left = unmatched();
    for (const row of left) {
      const reason: Problem = {
        path: `${name}.${key}`,
        given: JSON.stringify(row.cells[header.indexOf(key)]?.trim()),
        allowed: `a value of the main file's column ${JSON.stringify(on)}`,
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
  const { file, out, rejects = `${out}.rejected.jsonl`, signal, onProgress, now = Date.now } = options;
  const mapping = await readMapping(options.mapping);
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
  for (const [index, join] of mapping.join.entries()) {
    signal?.throwIfAborted();
    const source = { ...join, file: joinPaths[index] ?? '', csv: join.csv ?? mapping.csv };
    joined.push(await readJoinedFile(source, options.limits ?? joinLimits, onBytes));
  }
  const { header, rows } = await openCsv(file, mapping.csv, onBytes);
  const files: LineFile[] = [];
  const openOutput = async (path: string): Promise<LineFile> => {
    const opened = await openLineFile(path);
    files.push(opened);
    return opened;
  };
  try {
    const { read, keys } = checkColumns(mapping, header, joined, now, options.asOf);
    const [outFile, rejectsFile] = [await openOutput(out), await openOutput(rejects)];
    const readKey = (cells: readonly string[], join: number) =>
      keys[join]?.read({ main: cells, joined: [] }) ?? '';
    const job: Job = { header, file, joined, read, readKey, out: outFile, rejects: rejectsFile, tally };
    for await (const row of rows) {
      signal?.throwIfAborted();
      await importRow(job, row);
    }
    const joins = await importLeftovers(job, mapping);
    onProgress?.({ bytesRead, bytesTotal, rows: tally.rows });
    if (tally.rejects > 0) await rejectsFile.commit();
    else await rm(rejects, { force: true });
    await outFile.commit();
    return tally.summary(joins, out, rejects);
  } finally {
    await rows.return(undefined);
    for (const written of files) await written.discard();
  }
};

import { readFileSync } from 'node:fs';
import { compareFiles } from '../../cli/compare/compare-files.ts';
import { readEntries } from '../../cli/entries/read-entries.ts';
import { parseInbound } from '../../events/index.ts';
import { parseEntry } from '../../shared/entries/index.ts';
import { parseModel } from '../../shared/scoring/index.ts';

const modelFile = new URL('../../models/success-ready.json', import.meta.url);
const text = readFileSync(modelFile, 'utf8');
const a = parseModel(text, 'models/success-ready.json');

/** Another model: thresholds and one weight differ, so that some leads move. */
const changed = () => {
  const document = structuredClone(a.document);
  document.version = 'changed';
  document.tiers.good += 5;
  const [dimension] = Object.values(document.dimensions);
  if (dimension !== undefined) dimension.base += 2;
  return parseModel(JSON.stringify(document), 'the changed model');
};

/** The clock of the benches, in milliseconds since 1970: later than all events. */
const now = Date.parse('2040-01-01T00:00:00.000Z');

/** Compares two models on a file of events, and returns the number of leads. */
export const compare = async (file: string, threads?: number): Promise<number> => {
  const { tally } = await compareFiles({
    models: { a, b: changed() },
    files: [file],
    now,
    mostMoves: 100,
    threads,
  });
  return tally.leads;
};

/** Reads and checks the events of a file, and returns their number. */
export const readAndCheck = async (file: string): Promise<number> => {
  let accepted = 0;
  for await (const entry of readEntries([file])) {
    const parsed = parseEntry(entry, now);
    if (parsed.kind !== 'rejected' && parseInbound(parsed.event, now).ok) accepted++;
  }
  return accepted;
};

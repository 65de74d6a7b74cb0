import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import type { Item } from '../../shared/dynamodb/index.ts';
import { isEntry, parseLeadId } from '../invariants/reading.ts';
import { readTable } from '../soak/evidence.ts';
import type { Tables } from '../soak/run.ts';
import { soak } from '../soak/soak.ts';
import { openWorkFolder, type WorkFolder } from '../soak/work-folder.ts';

const temporary = mkdtempSync(join(tmpdir(), 'sluice-soak-test-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** Returns an entry that shares its version with no other; whether entries share one depends on the batches. */
const loneEntry = (entries: readonly Item[]): Item | undefined => {
  const shared = Map.groupBy(entries, ({ version }) => version?.N);
  return entries.find(({ version }) => shared.get(version?.N)?.length === 1);
};

/** Deletes one entry from the table directly, of a lead that has several. */
const loseEntry = async (tables: Tables): Promise<void> => {
  const entries = (await readTable(tables, tables.leads)).filter(isEntry);
  const several = [...Map.groupBy(entries, parseLeadId).values()].filter(({ length }) => length > 2);
  const item = several.map(loneEntry).find((found) => found !== undefined);
  if (item?.pk === undefined || item.sk === undefined) throw new Error('no lead has several commits');
  await tables.dynamodb.send(
    new DeleteItemCommand({ TableName: tables.leads, Key: { pk: item.pk, sk: item.sk } }),
  );
};

const run = async (folder: WorkFolder, kills: number, beforeChecks?: (tables: Tables) => Promise<void>) => {
  try {
    return await soak({
      options: { seconds: 4, rate: 20, kills, seed: 5, json: false },
      folder,
      signal: new AbortController().signal,
      note: () => {},
      ...(beforeChecks && { beforeChecks }),
    });
  } finally {
    await folder.done();
  }
};

describe('the soak', { timeout: 300_000 }, () => {
  it('finds nothing after the stack was killed, lost its engine, and had its disk filled if that can be', async () => {
    const folder = await openWorkFolder(undefined, true);
    const { findings, deadLetters, lives } = await run(folder, 1);
    expect(findings).toEqual([]);
    expect(Object.values(deadLetters).filter((count) => count > 0)).toEqual([]);
    const strikes = folder.disk === undefined ? ['kill', 'engine'] : ['kill', 'engine', 'disk'];
    expect(lives.map(({ endedBy }) => endedBy)).toEqual(expect.arrayContaining(strikes));
  });

  it('finds an entry that was taken away', async () => {
    const { findings } = await run(await openWorkFolder(join(temporary, 'kept')), 0, loseEntry);
    rmSync(join(temporary, 'kept'), { recursive: true });
    const found = new Set(findings.map(({ invariant }) => invariant));
    expect([...found].sort()).toEqual(expect.arrayContaining(['I4', 'I5', 'I9']));
  });
});

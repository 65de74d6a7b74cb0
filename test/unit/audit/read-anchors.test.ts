import { describe, expect, it } from 'vitest';
import { createAnchorIndex } from '../../../cli/audit/anchor-index.ts';
import type { AnchorObjects } from '../../../cli/audit/anchor-objects.ts';
import { readAnchors } from '../../../cli/audit/read-anchors.ts';
import {
  type Anchor,
  anchorDigest,
  anchorLine,
  hashBody,
  isManifestKey,
  manifestKey,
  partKey,
} from '../../../shared/ledger/index.ts';

const anchor = (leadId: string, version: number): Anchor => ({
  lead: anchorDigest(leadId),
  version,
  head: `head-${leadId}-${version}`,
});
const days = [1, 2, 3].map((day) => `2026-03-0${day}T03:17:00.000Z`);

/** Three runs of two parts each, as anchor-heads writes them. */
const threeRuns = (): Map<string, string> => {
  const objects = new Map<string, string>();
  let previous: { key: string; sha256: string } | undefined;
  for (const [i, instant] of days.entries()) {
    const parts = [1, 2].map((number) => {
      const body = `${anchorLine(anchor(`l-${number}`, i + 1))}\n${anchorLine(anchor(`m-${number}`, 7))}\n`;
      objects.set(partKey(instant, number), body);
      return { key: partKey(instant, number), lines: 2, sha256: hashBody(body) };
    });
    const body = JSON.stringify({ instant, leads: 4, parts, previous });
    objects.set(manifestKey(instant), body);
    previous = { key: manifestKey(instant), sha256: hashBody(body) };
  }
  return objects;
};

const createObjects = (objects: ReadonlyMap<string, string>): AnchorObjects => ({
  manifestKeys: async () => [...objects.keys()].filter(isManifestKey).sort(),
  read: async (key) => objects.get(key),
});

const readAll = async (objects: ReadonlyMap<string, string>) => {
  const anchors: Anchor[] = [];
  const { runs, findings } = await readAnchors(createObjects(objects), (read) => void anchors.push(...read));
  return { runs, anchors, found: findings.map(({ sentence }) => sentence) };
};

const [first, second, third] = days.map(manifestKey) as [string, string, string];

describe('reading anchors', () => {
  it('reads the anchors of all runs', async () => {
    const { runs, anchors, found } = await readAll(threeRuns());
    expect({ runs, found }).toEqual({ runs: 3, found: [] });
    expect(anchors).toHaveLength(12);
  });

  it('reads nothing if there are none', async () => {
    expect(await readAll(new Map())).toEqual({ runs: 0, anchors: [], found: [] });
  });

  it('finds a part that was changed, and does not trust it', async () => {
    const objects = threeRuns();
    objects.set(partKey(days[1] ?? '', 2), `${anchorLine(anchor('l-2', 99))}\n`);
    const { anchors, found } = await readAll(objects);
    expect(found).toEqual([`${partKey(days[1] ?? '', 2)} differs from the digest in its manifest`]);
    expect(anchors).toHaveLength(10);
  });

  it('finds a part that is gone', async () => {
    const objects = threeRuns();
    objects.delete(partKey(days[0] ?? '', 1));
    expect((await readAll(objects)).found).toEqual([expect.stringContaining('is gone')]);
  });

  it('finds a manifest that was changed or removed, by the one after it', async () => {
    const changed = threeRuns();
    changed.set(second, (changed.get(second) ?? '').replace('"leads":4', '"leads":5'));
    expect((await readAll(changed)).found).toEqual([expect.stringContaining(`${second} was changed`)]);
    const taken = threeRuns();
    taken.delete(second);
    expect((await readAll(taken)).found).toEqual([expect.stringContaining(`${second} is gone: ${third}`)]);
  });

  it('accepts that the oldest ones are gone: their retention may be over', async () => {
    const objects = threeRuns();
    objects.delete(first);
    expect((await readAll(objects)).found).toEqual([]);
  });

  it('finds an invalid manifest, and one that is wrongly marked as the first', async () => {
    const broken = threeRuns();
    broken.set(third, '{"parts":1}');
    expect((await readAll(broken)).found).toEqual([`${third} is not a manifest of anchors`]);
    const begun = threeRuns();
    begun.set(third, JSON.stringify({ ...JSON.parse(begun.get(third) ?? ''), previous: undefined }));
    expect((await readAll(begun)).found).toEqual([expect.stringContaining('is marked as the first')]);
  });
});

describe('the index of anchors', () => {
  it('returns the anchors of a lead, each different one once', () => {
    const book = createAnchorIndex();
    book.add([anchor('l-1', 2), anchor('l-2', 1), anchor('l-1', 1)]);
    book.add([anchor('l-1', 2), { ...anchor('l-1', 2), head: 'another' }]);
    expect(book.take('l-1').map(({ version, head }) => [version, head])).toEqual([
      [1, 'head-l-1-1'],
      [2, 'another'],
      [2, 'head-l-1-2'],
    ]);
    expect(book.take('l-1')).toEqual([]);
    expect(book.take('nobody')).toEqual([]);
    expect([...book.left()]).toEqual([anchorDigest('l-2')]);
    book.close();
  });
});

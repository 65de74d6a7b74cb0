import { describe, expect, it } from 'vitest';
import { createAnchorIndex } from '../../../cli/audit/anchor-index.ts';
import type { AnchorObject, AnchorObjects } from '../../../cli/audit/anchor-objects.ts';
import { readAnchors } from '../../../cli/audit/read-anchors.ts';
import { dayMs } from '../../../events/index.ts';
import {
  type Anchor,
  anchorDigest,
  anchorLine,
  hashBody,
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

interface World {
  /** The day of March 2026 on which the anchors are read. Their retention is ten days. */
  readonly today?: number;
  readonly change?: (object: AnchorObject) => Partial<AnchorObject>;
}

const createObjects = (
  objects: ReadonlyMap<string, string>,
  change: NonNullable<World['change']>,
): AnchorObjects => ({
  retentionMs: 10 * dayMs,
  list: async () =>
    [...objects.keys()].map((key) => {
      const object = { key, oldestVersion: `first of ${key}`, isShadowed: false, isHidden: false };
      return { ...object, ...change(object) };
    }),
  read: async ({ key, oldestVersion }) =>
    oldestVersion === `first of ${key}` ? objects.get(key) : undefined,
});

const readAll = async (
  objects: ReadonlyMap<string, string>,
  { today = 4, change = () => ({}) }: World = {},
) => {
  const anchors: Anchor[] = [];
  const now = Date.UTC(2026, 2, today, 12);
  const { runs, findings } = await readAnchors(
    createObjects(objects, change),
    (read) => void anchors.push(...read),
    now,
  );
  return {
    runs: runs.length,
    anchors,
    codes: findings.map(({ code }) => code),
    found: findings.map(({ sentence }) => sentence),
  };
};

const [first, second, third] = days.map(manifestKey) as [string, string, string];

describe('reading anchors', () => {
  it('reads the anchors of all runs', async () => {
    const { runs, anchors, found } = await readAll(threeRuns());
    expect({ runs, found }).toEqual({ runs: 3, found: [] });
    expect(anchors).toHaveLength(12);
  });

  it('reads nothing if there are none', async () => {
    expect(await readAll(new Map())).toEqual({ runs: 0, anchors: [], codes: [], found: [] });
  });

  it('finds a manifest of a time to come, which is no run', async () => {
    const objects = threeRuns();
    const instant = '2031-01-01T00:00:00.000Z';
    const previous = { key: third, sha256: hashBody(objects.get(third) ?? '') };
    objects.set(manifestKey(instant), JSON.stringify({ instant, leads: 0, parts: [], previous }));
    const { runs, found } = await readAll(objects);
    expect({ runs, found }).toEqual({
      runs: 3,
      found: [`${manifestKey(instant)} is of a time to come: no run wrote it`],
    });
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

  it('finds that the oldest ones are gone, unless their retention is over', async () => {
    const objects = threeRuns();
    objects.delete(first);
    expect((await readAll(objects, { today: 10 })).found).toEqual([
      `${first} is gone: ${second} was written after it`,
    ]);
    expect((await readAll(objects, { today: 11 })).found).toEqual([]);
  });

  it('accepts that parts are gone whose retention is over, although their manifest is not', async () => {
    const objects = threeRuns();
    objects.delete(partKey(days[0] ?? '', 2));
    expect((await readAll(objects, { today: 10 })).codes).toEqual(['anchors-damaged']);
    expect((await readAll(objects, { today: 11 })).codes).toEqual([]);
  });

  it('finds an object that was written over, and trusts its oldest version', async () => {
    const isShadowed = ({ key }: AnchorObject) => ({ isShadowed: key === second });
    const { codes, found, anchors } = await readAll(threeRuns(), { change: isShadowed });
    expect(codes).toEqual(['anchors-shadowed']);
    expect(found[0]).toContain(`${second} was written over`);
    expect(anchors).toHaveLength(12);
  });

  it('finds an object that is hidden, and reads it all the same', async () => {
    const isHidden = ({ key }: AnchorObject) => ({ isHidden: key === third });
    const { codes, found, runs, anchors } = await readAll(threeRuns(), { change: isHidden });
    expect({ codes, runs }).toEqual({ codes: ['anchors-hidden'], runs: 3 });
    expect(found[0]).toBe(`${third} has a delete marker; the version that it hides was read`);
    expect(anchors).toHaveLength(12);
  });

  it('finds the delete marker of an object of which nothing else is left', async () => {
    const isGone = ({ key }: AnchorObject) =>
      key === third ? { isHidden: true, oldestVersion: undefined } : {};
    const { codes, found, runs } = await readAll(threeRuns(), { change: isGone });
    expect({ codes, runs }).toEqual({ codes: ['anchors-hidden'], runs: 2 });
    expect(found[0]).toBe(`${third} has a delete marker; no version of it is left`);
  });

  it('accepts delete markers on objects whose retention is over, as the lifecycle puts them there', async () => {
    const allHidden = { change: () => ({ isHidden: true }) };
    expect((await readAll(threeRuns(), { ...allHidden, today: 10 })).codes).toHaveLength(9);
    expect((await readAll(threeRuns(), { ...allHidden, today: 14 })).codes).toEqual([]);
  });

  it('finds an invalid manifest, and one that is wrongly marked as the first', async () => {
    const broken = threeRuns();
    broken.set(third, '{"parts":1}');
    expect((await readAll(broken)).found).toEqual([`${third} is not a manifest of anchors`]);
    const begun = threeRuns();
    begun.set(third, JSON.stringify({ ...JSON.parse(begun.get(third) ?? ''), previous: undefined }));
    expect((await readAll(begun)).found).toEqual([expect.stringContaining('is marked as the first')]);
    expect((await readAll(begun, { today: 12 })).found).toEqual([]);
  });

  it('finds a manifest under the key of another run, and one of a run that never was', async () => {
    const moved = threeRuns();
    moved.set(third, moved.get(second) ?? '');
    expect((await readAll(moved)).found).toEqual([`${third} is not a manifest of anchors`]);
    const never = threeRuns();
    never.set(manifestKey('never'), JSON.stringify({ instant: 'never', leads: 0, parts: [] }));
    expect((await readAll(never)).found).toEqual([`${manifestKey('never')} is not a manifest of anchors`]);
  });

  it('finds a manifest that names a later one as the one before it', async () => {
    const objects = threeRuns();
    const later = manifestKey('2099-01-01T00:00:00.000Z');
    const body = JSON.stringify({ instant: '2099-01-01T00:00:00.000Z', leads: 0, parts: [] });
    objects.set(later, body);
    const previous = { key: later, sha256: hashBody(body) };
    objects.set(third, JSON.stringify({ ...JSON.parse(objects.get(third) ?? ''), previous }));
    expect((await readAll(objects)).found).toContain(`${later} is not older than ${third}, which names it`);
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

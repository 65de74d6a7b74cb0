import { describe, expect, it } from 'vitest';
import { anchorHeads } from '../../../functions/anchor-heads/anchor-heads.ts';
import type { AnchorStore } from '../../../functions/anchor-heads/anchor-store.ts';
import type { ReadHeads } from '../../../functions/anchor-heads/read-heads.ts';
import {
  type Anchor,
  anchorDigest,
  hashBody,
  isManifestKey,
  parseAnchorLine,
  parseManifest,
} from '../../../shared/ledger/index.ts';
import { now } from '../../support/events.ts';

/** Creates a store with its objects in the order in which they were written. */
const createMemoryStore = (failsAt?: string) => {
  const objects = new Map<string, string>();
  const store: AnchorStore = {
    async put(key, body) {
      if (failsAt !== undefined && key.includes(failsAt)) throw new Error('the bucket is away');
      if (objects.has(key)) throw new Error(`${key} is there already`);
      objects.set(key, body);
    },
    async latestManifest() {
      const key = [...objects.keys()].filter(isManifestKey).sort().at(-1);
      return key === undefined ? undefined : { key, body: objects.get(key) ?? '' };
    },
  };
  return { store, objects };
};

const buildHeads = (leads: number): Anchor[] =>
  Array.from({ length: leads }, (_, i) => ({
    lead: anchorDigest(`l-${i}`),
    version: i + 1,
    head: `head-${i}`,
  }));

/** Returns a reader with pages of three heads, distributed over the segments. */
const reading = (heads: readonly Anchor[]): ReadHeads =>
  async function* (segment, segments) {
    const own = heads.filter((_, i) => i % segments === segment);
    for (let i = 0; i < own.length; i += 3) yield own.slice(i, i + 3);
  };

const parseAnchors = (body = ''): Anchor[] => body.split('\n').flatMap((line) => parseAnchorLine(line) ?? []);
const byLead = (a: Anchor, b: Anchor): number => (a.lead < b.lead ? -1 : 1);

describe('anchoring', () => {
  const run = (leads: number, { store } = createMemoryStore(), at = now) =>
    anchorHeads({
      readHeads: reading(buildHeads(leads)),
      store,
      now: () => at,
      segments: 4,
      mostLines: 10,
    })();

  it('writes each head once, in parts of a bounded size, and then the manifest', async () => {
    const memory = createMemoryStore();
    const anchored = await run(47, memory);
    const keys = [...memory.objects.keys()];
    expect(keys).toHaveLength(6);
    expect(keys.at(-1)).toBe(anchored.manifest);
    expect(anchored).toEqual({
      manifest: 'anchors/2026-06-01T00:00:00.000Z/manifest.json',
      leads: 47,
      parts: 5,
    });
    const parts = keys.slice(0, -1).map((key) => parseAnchors(memory.objects.get(key)));
    expect(parts.flat().sort(byLead)).toEqual(buildHeads(47).sort(byLead));
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(10);
  });

  it('describes each part in the manifest', async () => {
    const { store, objects } = createMemoryStore();
    const { manifest } = await run(25, { store, objects });
    const parsed = parseManifest(objects.get(manifest) ?? '');
    expect(parsed).toMatchObject({ instant: '2026-06-01T00:00:00.000Z', leads: 25 });
    expect(parsed).not.toHaveProperty('previous');
    for (const { key, lines, sha256 } of parsed?.parts ?? []) {
      expect(hashBody(objects.get(key) ?? '')).toBe(sha256);
      expect(parseAnchors(objects.get(key))).toHaveLength(lines);
    }
  });

  it('chains a manifest to the one before it', async () => {
    const memory = createMemoryStore();
    const first = await run(3, memory);
    const second = await run(3, memory, now + 1);
    expect(parseManifest(memory.objects.get(second.manifest) ?? '')?.previous).toEqual({
      key: first.manifest,
      sha256: hashBody(memory.objects.get(first.manifest) ?? ''),
    });
  });

  it('also works without any lead', async () => {
    const memory = createMemoryStore();
    expect(await run(0, memory)).toMatchObject({ leads: 0, parts: 0 });
    expect(memory.objects.size).toBe(1);
  });

  it('that ends half way leaves no manifest, and is no part of the chain of the next one', async () => {
    const broken = createMemoryStore('part-0003');
    await expect(run(47, broken)).rejects.toThrow('the bucket is away');
    expect([...broken.objects.keys()].filter(isManifestKey)).toEqual([]);
  });

  it('contains nothing of a lead but a digest of its id', async () => {
    const memory = createMemoryStore();
    await run(12, memory);
    expect([...memory.objects.values()].join('')).not.toMatch(/l-\d/);
  });
});

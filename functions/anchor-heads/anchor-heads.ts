import { count, logger } from '../../shared/lambda/index.ts';
import { type AnchorManifest, hashBody, manifestKey } from '../../shared/ledger/index.ts';
import type { AnchorStore } from './anchor-store.ts';
import { createPartWriter } from './part-writer.ts';
import type { ReadHeads } from './read-heads.ts';

export interface AnchorHeadsDeps {
  readonly readHeads: ReadHeads;
  readonly store: AnchorStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** @default 4 */
  readonly segments?: number;
  /** The most lines of a part. */
  readonly mostLines?: number;
}

/** The result of a run: the manifest, and what it covers. */
export interface Anchored {
  /** The key of the manifest. */
  readonly manifest: string;
  readonly leads: number;
  readonly parts: number;
}

const writeParts = async (
  { readHeads, store, segments = 4, mostLines }: AnchorHeadsDeps,
  instant: string,
): Promise<AnchorManifest['parts']> => {
  const writer = createPartWriter(store, instant, mostLines);
  const writeSegment = async (segment: number): Promise<void> => {
    for await (const anchors of readHeads(segment, segments)) await writer.add(anchors);
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => writeSegment(segment)));
  return writer.finish();
};

const readPrevious = async (store: AnchorStore, now: number): Promise<Pick<AnchorManifest, 'previous'>> => {
  const latest = await store.latestManifest(now);
  return latest === undefined ? {} : { previous: { key: latest.key, sha256: hashBody(latest.body) } };
};

/**
 * Writes the head of every ledger to a bucket that refuses to write over it. From then on, nobody can rewrite a ledger
 * up to its head unnoticed, whatever they may do to the table. The manifest is written last; a run without one doesn't
 * count.
 */
export const anchorHeads = (deps: AnchorHeadsDeps) => async (): Promise<Anchored> => {
  const now = deps.now();
  const instant = new Date(now).toISOString();
  const previous = await readPrevious(deps.store, now);
  const parts = await writeParts(deps, instant);
  const leads = parts.reduce((sum, { lines }) => sum + lines, 0);
  const manifest: AnchorManifest = { instant, leads, parts, ...previous };
  await deps.store.put(manifestKey(instant), `${JSON.stringify(manifest, null, 2)}\n`);
  logger.info('heads anchored', { leads, parts: parts.length });
  count('AnchorsWritten', 1);
  count('LeadsAnchored', leads);
  return { manifest: manifestKey(instant), leads, parts: parts.length };
};

import { type Anchor, type AnchorPart, anchorLine, hashBody, partKey } from '../../shared/ledger/index.ts';
import type { AnchorStore } from './anchor-store.ts';

/** The most lines of a part: some 5 MB. Memory holds no more than a few of these, however many leads there are. */
const mostLines = 40_000;

export interface PartWriter {
  add(anchors: readonly Anchor[]): Promise<void>;
  /** Writes the rest. @returns all parts, in the order of their numbers */
  finish(): Promise<readonly AnchorPart[]>;
}

/** Creates a writer that gathers anchors into objects of a bounded size. Several segments may use it at once. */
export const createPartWriter = (
  store: Pick<AnchorStore, 'put'>,
  instant: string,
  most: number = mostLines,
): PartWriter => {
  const parts: AnchorPart[] = [];
  let lines: string[] = [];

  const flush = async (): Promise<void> => {
    const taken = lines;
    lines = [];
    const body = taken.map((line) => `${line}\n`).join('');
    const key = partKey(instant, parts.length + 1);
    parts.push({ key, lines: taken.length, sha256: hashBody(body) });
    await store.put(key, body);
  };

  return {
    async add(anchors) {
      for (const anchor of anchors) {
        lines.push(anchorLine(anchor));
        if (lines.length >= most) await flush();
      }
    },
    async finish() {
      if (lines.length > 0) await flush();
      return parts;
    },
  };
};

import { type Anchor, anchorDigest, type Finding, hashBody, parseAnchorLine } from '../ledger/index.ts';
import type { BucketReader } from './bucket-reader.ts';
import type { LastRun } from './last-run.ts';

/** The anchor of a lead in one run. */
interface LeadAnchor {
  /** Undefined if the run doesn't have the lead, or wasn't read. */
  readonly anchor: Anchor | undefined;
  /** False if the run has too many parts to be read. */
  readonly isRead: boolean;
  /** Findings about the anchors themselves. */
  readonly findings: readonly Finding[];
}

/** The most parts that are read for one lead, each of some 5 MB with 40,000 leads. */
const mostParts = 8;

const damaged = (sentence: string): Finding => ({ code: 'anchors-damaged', sentence });

/** Finds the line of a lead, without parsing those of all others. */
const findLine = (body: string, digest: string): Anchor | undefined => {
  const at = body.indexOf(`"${digest}"`);
  if (at < 0) return undefined;
  const end = body.indexOf('\n', at);
  return parseAnchorLine(body.slice(body.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end));
};

/** Finds the anchor of a lead in a run. The parts of a run are in no order, so that all of them may have to be read. */
export const findLeadAnchor = async (
  bucket: BucketReader,
  { key, manifest }: LastRun,
  leadId: string,
): Promise<LeadAnchor> => {
  if (manifest === undefined)
    return { anchor: undefined, isRead: false, findings: [damaged(`${key} is not a manifest of anchors`)] };
  if (manifest.parts.length > mostParts) return { anchor: undefined, isRead: false, findings: [] };
  const digest = anchorDigest(leadId);
  for (const part of manifest.parts) {
    const body = await bucket.read(part.key);
    const wrong =
      body === undefined
        ? `${part.key} is gone, though its manifest names it`
        : hashBody(body) === part.sha256
          ? undefined
          : `${part.key} differs from the digest in its manifest`;
    if (wrong !== undefined) return { anchor: undefined, isRead: false, findings: [damaged(wrong)] };
    const anchor = findLine(body ?? '', digest);
    if (anchor !== undefined) return { anchor, isRead: true, findings: [] };
  }
  return { anchor: undefined, isRead: true, findings: [] };
};

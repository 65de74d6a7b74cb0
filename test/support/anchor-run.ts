import {
  type Anchor,
  type AnchorManifest,
  anchorLine,
  hashBody,
  manifestKey,
  partKey,
} from '../../shared/ledger/index.ts';

/** Returns the objects of a run of anchors with one part: the part, and the manifest. */
export const anchorRun = (
  instant: string,
  anchors: readonly Anchor[],
  previous?: AnchorManifest['previous'],
): readonly (readonly [key: string, body: string])[] => {
  const body = anchors.map((anchor) => `${anchorLine(anchor)}\n`).join('');
  const key = partKey(instant, 1);
  const part = { key, lines: anchors.length, sha256: hashBody(body) };
  const manifest = { instant, leads: anchors.length, parts: [part], ...(previous && { previous }) };
  return [
    [key, body],
    [manifestKey(instant), JSON.stringify(manifest)],
  ];
};

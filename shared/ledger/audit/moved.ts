import { N } from '../../dynamodb/index.ts';
import type { LedgerEnd } from '../../lead/index.ts';
import { hashOf } from '../chain.ts';
import type { Finding } from './finding.ts';
import type { Link } from './link.ts';
import { byPlace, type Place, placeWords } from './place.ts';
import { at, type SortedOut } from './strays.ts';

/** Trying all places grows with the square of these; with more, the breaks in the chain are told instead. */
const mostMoved = 64;

/** The link as it would be at another place. */
const linkAt = (link: Link, { version, ordinal }: Place): Link => ({
  ...link,
  version,
  ordinal,
  hash: hashOf({ ...link.item, version: N(version), ordinal: N(ordinal) }),
});

const moved = (link: Link, from: Place): Finding => ({
  code: 'reordered',
  ...at(link),
  sentence: `it stood at ${placeWords(from)} when others were chained to it: entries were reordered`,
});

/**
 * Puts entries that changed places back to where others were chained to them, so that a reordering is told as such, and
 * not as an edit of all that it touches.
 */
export const backInPlace = (links: readonly Link[], end: LedgerEnd | undefined): SortedOut => {
  const chainedTo = new Set([...links.map(({ prev }) => prev), ...(end === undefined ? [] : [end.head])]);
  const loose = links.filter(({ hash }) => hash !== undefined && !chainedTo.has(hash));
  if (loose.length < 2 || loose.length > mostMoved) return { links, findings: [] };
  const findings: Finding[] = [];
  const restored = links.map((link) => {
    if (!loose.includes(link)) return link;
    const places = loose.filter((other) => byPlace(other, link) !== 0);
    const before = places.map((place) => linkAt(link, place)).find(({ hash = '' }) => chainedTo.has(hash));
    if (before === undefined) return link;
    findings.push(moved(link, before));
    return before;
  });
  return { links: restored.sort(byPlace), findings };
};

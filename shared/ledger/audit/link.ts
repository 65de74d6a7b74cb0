import { base64, type Item } from '../../dynamodb/index.ts';
import { byPosition, type EntryPosition, parsePosition } from './entry-position.ts';
import type { Finding } from './finding.ts';
import { hashIfReadable } from './hash-if-readable.ts';

/** An entry as a link of the chain. */
export interface Link extends EntryPosition {
  readonly sk: string;
  /** The hash of the entry before it, in base64; empty if it has none, as in the first entry. */
  readonly prev: string;
  /** The hash of this entry, in base64; undefined if it can't be computed. */
  readonly hash: string | undefined;
}

const parseLink = (item: Item): Link | undefined => {
  const position = parsePosition(item);
  if (position === undefined) return undefined;
  const prev = item.prev?.B === undefined ? '' : base64(item, 'prev');
  return { ...position, sk: item.sk?.S ?? '', prev, hash: hashIfReadable(item) };
};

const unreadable = (item: Item, link: Link | undefined): Finding => ({
  code: 'unreadable',
  ...(link !== undefined && { version: link.version, ordinal: link.ordinal }),
  sk: item.sk?.S ?? '',
  sentence:
    link === undefined
      ? 'it has no valid version and ordinal: its position in the chain is unknown'
      : 'it has neither a salt nor a commitment: its hash is lost',
});

/** Parses entries into links, sorted in the order of the chain, and reports those that can't be read. */
export const parseLinks = (entries: readonly Item[]): { links: Link[]; findings: Finding[] } => {
  const links: Link[] = [];
  const findings: Finding[] = [];
  for (const item of entries) {
    const link = parseLink(item);
    if (link !== undefined) links.push(link);
    if (link?.hash === undefined) findings.push(unreadable(item, link));
  }
  return { links: links.sort(byPosition), findings };
};

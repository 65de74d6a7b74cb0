import { base64, type Item } from '../../dynamodb/index.ts';
import type { Finding } from './finding.ts';
import { hashIfReadable } from './hash-if-readable.ts';
import { byPlace, type Place, placeIn } from './place.ts';

/** An entry as a link of the chain. */
export interface Link extends Place {
  readonly item: Item;
  readonly sk: string;
  /** In base64; empty where the entry has none, as the first. */
  readonly prev: string;
  /** In base64; undefined where it can't be worked out. */
  readonly hash: string | undefined;
}

const linkOf = (item: Item): Link | undefined => {
  const place = placeIn(item);
  if (place === undefined) return undefined;
  const prev = item.prev?.B === undefined ? '' : base64(item, 'prev');
  return { item, ...place, sk: item.sk?.S ?? '', prev, hash: hashIfReadable(item) };
};

const unreadable = (item: Item, link: Link | undefined): Finding => ({
  code: 'unreadable',
  ...(link !== undefined && { version: link.version, ordinal: link.ordinal }),
  sk: item.sk?.S ?? '',
  sentence:
    link === undefined
      ? 'it says no version and ordinal that can be: where it stands in the chain is unknown'
      : 'it has neither a salt nor a commitment: what it was chained by is lost',
});

/** Entries as links in the order of the chain, and those that are none. */
export const linksOf = (entries: readonly Item[]): { links: Link[]; findings: Finding[] } => {
  const links: Link[] = [];
  const findings: Finding[] = [];
  for (const item of entries) {
    const link = linkOf(item);
    if (link !== undefined) links.push(link);
    if (link?.hash === undefined) findings.push(unreadable(item, link));
  }
  return { links: links.sort(byPlace), findings };
};

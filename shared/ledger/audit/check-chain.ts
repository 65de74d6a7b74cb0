import type { Item } from '../../dynamodb/index.ts';
import type { LedgerEnd } from '../../lead/index.ts';
import { endIn, isEnd } from './chain-end.ts';
import type { Finding } from './finding.ts';
import { type Link, linksOf } from './link.ts';
import { backInPlace } from './moved.ts';
import { byPlace, firstPlace, follows, gapBehind, type Place, placeWords } from './place.ts';
import { at, onePerPlace, withinState, withoutInsertions } from './strays.ts';

const missing = (from: Place, before: Place): Finding => ({
  code: 'missing',
  ...from,
  sentence: `from ${placeWords(from)} on entries are missing: the next one is ${placeWords(before)}`,
});

/** Sorts out why an entry isn't chained to the one before it. */
const brokenLink = (
  before: Link,
  link: Link,
  known: ReadonlyMap<string, Link>,
  isUnchanged: boolean,
): Finding => {
  const to = known.get(link.prev);
  if (to !== undefined) {
    const sentence = `it is chained to ${placeWords(to)}, not to ${placeWords(before)} before it: entries were reordered`;
    return { code: 'reordered', ...at(link), sentence };
  }
  const causes = [
    'what it says was changed',
    ...(link.version > before.version ? [`an entry of version ${before.version} behind it was removed`] : []),
    ...(isUnchanged ? [] : [`the link of ${placeWords(link)} was changed`]),
  ];
  return {
    code: 'edited',
    ...at(before),
    sentence: `${causes.join(', or ')}: ${placeWords(link)} is chained to something else`,
  };
};

const checkFirst = (first: Link, known: ReadonlyMap<string, Link>): Finding[] => {
  if (byPlace(first, firstPlace) !== 0) return [missing(firstPlace, first)];
  if (first.prev === '') return [];
  const to = known.get(first.prev);
  const sentence =
    to === undefined
      ? 'it is the first entry, and says that it is chained to one before it'
      : `it is the first entry, and is chained to ${placeWords(to)}: entries were reordered`;
  return [{ code: to === undefined ? 'edited' : 'reordered', ...at(first), sentence }];
};

const checkLinks = (links: readonly Link[], end: LedgerEnd | undefined): Finding[] => {
  const known = new Map(
    links.flatMap((link) => (link.hash === undefined ? [] : [[link.hash, link] as const])),
  );
  const [first] = links;
  const findings = first === undefined ? [] : checkFirst(first, known);
  for (const [i, link] of links.entries()) {
    const before = links[i - 1];
    if (before === undefined) continue;
    if (!follows(before, link)) findings.push(missing(gapBehind(before, link), link));
    // What can't be read is a finding already.
    else if (before.hash !== undefined && before.hash !== link.prev) {
      const next = links[i + 1];
      const isUnchanged = link.hash === (next === undefined ? end?.head : next.prev);
      findings.push(brokenLink(before, link, known, isUnchanged));
    }
  }
  return findings;
};

const cutTail = (last: Link | undefined, { version }: LedgerEnd): Finding => {
  const from = last === undefined ? firstPlace : { version: last.version + 1, ordinal: 0 };
  return {
    code: 'cut-tail',
    ...from,
    sentence: `the ledger ends before ${placeWords(from)}, but the state is at version ${version}: its end was cut off`,
  };
};

const checkHead = (links: readonly Link[], end: LedgerEnd, all: readonly Link[]): Finding[] => {
  const last = links.at(-1);
  if (last === undefined || last.version < end.version) return [cutTail(last, end)];
  if (last.hash === undefined || last.hash === end.head) return [];
  const to = all.find(({ hash }) => hash === end.head);
  if (to !== undefined) {
    const sentence = `the head of the state is that of ${placeWords(to)}, but the last entry is ${placeWords(last)}`;
    return [{ code: 'head-wrong', ...at(last), sentence }];
  }
  const sentence =
    'what it says was changed, or entries behind it were removed, or the head was changed: the head of the state is of something else';
  return [{ code: 'edited', ...at(last), sentence }];
};

/**
 * Holds the entries of one lead against their chain, and against where the state says that it ends. Every edit, gap,
 * addition, reordering and cut is found; which of several explanations is the true one, a chain can't always tell, and
 * then the sentence names them.
 *
 * @param entries all entries, in any order
 */
export const checkChain = (entries: readonly Item[], state: Item | undefined): Finding[] => {
  if (entries.length === 0 && state === undefined) return [];
  const found = endIn(state);
  const end = isEnd(found) ? found : undefined;
  const { links, findings } = linksOf(entries);
  const inPlace = backInPlace(links, end);
  const distinct = onePerPlace(inPlace.links, end);
  const within =
    end === undefined ? { links: distinct.links, findings: [] } : withinState(distinct.links, end);
  const chain = withoutInsertions(within.links, end);
  return [
    ...findings,
    ...inPlace.findings,
    ...distinct.findings,
    ...chain.findings,
    ...checkLinks(chain.links, end),
    ...within.findings,
    ...(end === undefined ? [found as Finding] : checkHead(chain.links, end, inPlace.links)),
  ];
};

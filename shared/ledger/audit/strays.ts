import type { LedgerEnd } from '../../lead/index.ts';
import type { Finding } from './finding.ts';
import type { Link } from './link.ts';
import { byPlace, placeWords } from './place.ts';

export const at = ({ version, ordinal, sk }: Link): Pick<Finding, 'version' | 'ordinal' | 'sk'> => ({
  version,
  ordinal,
  sk,
});

export interface SortedOut {
  readonly links: readonly Link[];
  readonly findings: readonly Finding[];
}

const added = (link: Link, sentence: string): Finding => ({ code: 'added', ...at(link), sentence });

/** Of several entries at one place, the one that others are chained to, or else the one that is chained to the one before. */
const genuineOf = (
  [first, ...others]: readonly [Link, ...Link[]],
  before: Link | undefined,
  chainedTo: ReadonlySet<string>,
): Link => {
  const worth = ({ hash = '', prev }: Link): number =>
    (chainedTo.has(hash) ? 2 : 0) + (prev === (before?.hash ?? '') ? 1 : 0);
  return others.reduce((best, link) => (worth(link) > worth(best) ? link : best), first);
};

/** Leaves one entry at each place. */
export const onePerPlace = (links: readonly Link[], end: LedgerEnd | undefined): SortedOut => {
  const chainedTo = new Set([...links.map(({ prev }) => prev), ...(end === undefined ? [] : [end.head])]);
  const kept: Link[] = [];
  const findings: Finding[] = [];
  for (let i = 0; i < links.length; ) {
    const first = links[i] as Link;
    const same: [Link, ...Link[]] = [first];
    for (i++; i < links.length && byPlace(links[i] as Link, first) === 0; i++) same.push(links[i] as Link);
    const genuine = genuineOf(same, kept.at(-1), chainedTo);
    kept.push(genuine);
    for (const link of same) {
      if (link === genuine) continue;
      findings.push(added(link, `it was added: at ${placeWords(link)} there is another entry`));
    }
  }
  return { links: kept, findings };
};

/** How many links from the front belong to the ledger that the state ends. */
const lengthWithin = (links: readonly Link[], { version, head }: LedgerEnd): number => {
  const within = links.findLastIndex((link) => link.version <= version) + 1;
  const last = links.findLastIndex(({ hash }) => hash === head);
  return last >= 0 && links[last]?.version === version ? last + 1 : within;
};

/** Takes away what stands behind the entry that the state says is the last. */
export const withinState = (links: readonly Link[], end: LedgerEnd): SortedOut => {
  const length = lengthWithin(links, end);
  return {
    links: links.slice(0, length),
    findings: links
      .slice(length)
      .map((link) => added(link, `it is beyond the state, which ends at version ${end.version}`)),
  };
};

/**
 * Takes away entries in between that nothing was ever chained to: the one behind them is unchanged, and is chained to the
 * one before them.
 */
export const withoutInsertions = (links: readonly Link[], end: LedgerEnd | undefined): SortedOut => {
  const kept: Link[] = [];
  const findings: Finding[] = [];
  for (const [i, link] of links.entries()) {
    const next = links[i + 1];
    const isUnchanged = link.hash !== undefined && link.hash === (next === undefined ? end?.head : next.prev);
    const to = kept.findLastIndex(({ hash }) => hash === link.prev);
    if (isUnchanged && to >= 0) {
      for (const stray of kept.splice(to + 1)) {
        findings.push(added(stray, 'it was added: the entry behind it is chained to the one before it'));
      }
    }
    kept.push(link);
  }
  return { links: kept, findings };
};

import { base64, type Item } from '../../dynamodb/index.ts';
import type { LedgerEnd } from '../../lead/index.ts';
import { byPosition, formatPosition, parseVersion, positionAfter } from './entry-position.ts';
import type { Finding } from './finding.ts';
import { type Link, parseLinks } from './link.ts';

const hashBytes = 32;

const buildFinding = (
  code: 'broken-link' | 'head-wrong',
  { version, ordinal, sk }: Link,
  sentence: string,
): Finding => ({ code, version, ordinal, sk, sentence });

const brokenLink = (link: Link, expected: string, found: string): Finding =>
  buildFinding(
    'broken-link',
    link,
    `the chain breaks at ${formatPosition(link)}: expected ${expected}, found ${found}`,
  );

const checkLink = (before: Link | undefined, link: Link): Finding[] => {
  const next = positionAfter(before, link.version);
  const distance = byPosition(link, next);
  if (distance > 0) {
    const sentence = `from ${formatPosition(next)} on entries are missing: the next one is ${formatPosition(link)}`;
    return [{ code: 'missing', ...next, sentence }];
  }
  if (distance < 0) return [brokenLink(link, 'one entry', 'another one at the same position')];
  const hash = before === undefined ? '' : before.hash;
  // An entry before it without a hash is reported as unreadable.
  if (hash === undefined || hash === link.prev) return [];
  const expected = before === undefined ? 'no hash' : `${hash}, the hash of ${formatPosition(before)}`;
  return [brokenLink(link, expected, link.prev === '' ? 'no hash' : link.prev)];
};

/** Parses the end of a ledger from a state. @returns undefined if the state has no valid version and head */
const parseEnd = (state: Item): LedgerEnd | undefined => {
  const version = parseVersion(state);
  if (version === undefined || state.head?.B?.length !== hashBytes) return undefined;
  return { version, head: base64(state, 'head') };
};

const cutTail = (last: Link | undefined, { version }: LedgerEnd): Finding => {
  const from = { version: (last?.version ?? 0) + 1, ordinal: 0 };
  return {
    code: 'cut-tail',
    ...from,
    sentence: `the ledger ends before ${formatPosition(from)}, but the state is at version ${version}: its end was cut off`,
  };
};

const checkEnd = (links: readonly Link[], state: Item): Finding[] => {
  const end = parseEnd(state);
  if (end === undefined) {
    const sentence = 'the state has no valid version and head: where the ledger ended is unknown';
    return [{ code: 'head-wrong', sentence }];
  }
  const last = links.at(-1);
  if (last === undefined || last.version < end.version) return [cutTail(last, end)];
  const beyond = links.find(({ version }) => version > end.version);
  if (beyond !== undefined) {
    const sentence = `the ledger goes on to ${formatPosition(last)}, but the state ends at version ${end.version}`;
    return [buildFinding('head-wrong', beyond, sentence)];
  }
  if (last.hash === undefined || last.hash === end.head) return [];
  const expected = `${last.hash}, the hash of ${formatPosition(last)}, the last entry`;
  return [buildFinding('head-wrong', last, `the head of the state: expected ${expected}, found ${end.head}`)];
};

/**
 * Checks the chain of one lead's ledger: each entry against the one before it, and the last one against the state. It
 * finds edits, gaps, additions, reorderings and cuts, and reports where the chain breaks, but can't tell which of the
 * two entries at a break was changed. A ledger that was rewritten with all its hashes passes: only
 * anchors reveal it.
 *
 * @param entries all entries of the lead, in any order
 * @param state undefined if it is lost; the end of the ledger is then not checked
 */
export const checkChain = (entries: readonly Item[], state: Item | undefined): Finding[] => {
  const { links, findings } = parseLinks(entries);
  return [
    ...findings,
    ...links.flatMap((link, i) => checkLink(links[i - 1], link)),
    ...(state === undefined ? [] : checkEnd(links, state)),
  ];
};

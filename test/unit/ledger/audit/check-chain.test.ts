import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { checkChain, type Finding, hashItem } from '../../../../shared/ledger/index.ts';
import { signals } from '../../../support/histories.ts';
import { seeded } from '../../../support/seed.ts';
import { eightEntries, formatItemPosition, type WrittenLedger, writeLedger } from './ledgers.ts';

type Tampered = Pick<WrittenLedger, 'entries'> & { readonly state: Item | undefined };

const bytes = (inBase64: string) => ({ B: Buffer.from(inBase64, 'base64') });
/** One ledger for all tests, since salts are random. */
const { entries, state } = eightEntries();
const positions = entries.map(formatItemPosition);
const last = positions.length - 1;
const entry = (index: number): Item => entries[index] as Item;
const hashAt = (index: number): string => hashItem(entry(index));

/** Returns a finding as `broken-link 2.0`. */
const short = ({ code, version, ordinal }: Finding): string =>
  version === undefined ? code : `${code} ${version}.${ordinal}`;
const find = (tampered: Tampered): string[] => checkChain(tampered.entries, tampered.state).map(short);

const edit = (index: number, change: (item: Item) => Item): Tampered => ({
  state,
  entries: entries.with(index, change(entry(index))),
});
const set = (index: number, attributes: Item): Tampered =>
  edit(index, (item) => ({ ...item, ...attributes }));
const remove = (...removed: number[]): Tampered => ({
  state,
  entries: entries.filter((_, i) => !removed.includes(i)),
});
/** Adds an entry that is chained to an existing one, or a copy of that. */
const add = (index: number, attributes: Item): Tampered => {
  const sk = { S: 'EVENT#2026-03-09T00:00:00.000Z#forged' };
  return { state, entries: [...entries, { ...entry(index), sk, prev: bytes(hashAt(index)), ...attributes }] };
};
const at = (version: number, ordinal: number): Item => ({
  version: { N: `${version}` },
  ordinal: { N: `${ordinal}` },
});
const swap = (a: number, b: number, names: readonly string[]): Tampered => ({
  state,
  entries: swapped(entries, a, b, names),
});
const setState = (change: (state: Item) => Item | undefined): Tampered => ({ entries, state: change(state) });

const swapped = (list: readonly Item[], i: number, j: number, names: readonly string[]): Item[] => {
  const taken = (item: Item, from: Item): Item => {
    const own = Object.entries(item).filter(([name]) => !names.includes(name));
    const others = Object.entries(from).filter(([name]) => names.includes(name));
    return Object.fromEntries([...own, ...others]);
  };
  const [x, y] = [list[i], list[j]] as [Item, Item];
  return list.with(i, taken(x, y)).with(j, taken(y, x));
};

describe('a sound chain', () => {
  it('has no findings, in whatever order its entries are read', () => {
    expect(checkChain(entries, state)).toEqual([]);
    expect(checkChain(entries.toReversed(), state)).toEqual([]);
  });

  it('may be empty', () => expect(checkChain([], undefined)).toEqual([]));
});

describe('tampering', () => {
  /** Returns the finding of a break after the entry at an index. */
  const breakBehind = (index: number): string =>
    index === last ? `head-wrong ${positions[last]}` : `broken-link ${positions[index + 1]}`;

  it.each(positions.map((position, i) => [position, i] as const))('is found: an edit of %s', (_, i) => {
    expect(find(set(i, { detail: { S: '{}' } }))).toEqual([breakBehind(i)]);
    expect(find(set(i, { more: { S: 'x' } }))).toEqual([breakBehind(i)]);
    expect(find(edit(i, ({ standing: _, ...item }) => item))).toEqual([breakBehind(i)]);
  });

  it.each<[string, Tampered, string[]]>([
    ['a changed type', set(3, { type: { S: 'x' } }), ['broken-link 3.0']],
    ['a changed source', set(3, { source: { S: 'x' } }), ['broken-link 3.0']],
    ['a changed other lead', set(3, { other: { S: 'x' } }), ['broken-link 3.0']],
    ['a renamed entry', set(3, { sk: { S: 'EVENT#x' } }), ['broken-link 3.0']],
    ['a changed link', set(4, { prev: bytes(hashAt(0)) }), ['broken-link 3.0', 'broken-link 4.0']],
    ['a link of the first entry', set(0, { prev: bytes(hashAt(1)) }), ['broken-link 1.0', 'broken-link 2.0']],
    ['a lost salt', edit(2, ({ salt: _, ...item }) => item), ['unreadable 2.1']],
    ['no version', edit(2, ({ version: _, ...item }) => item), ['unreadable', 'missing 2.1']],
    ['version 0', set(2, { version: { N: '0' } }), ['unreadable', 'missing 2.1']],
    ['half a version', set(2, { version: { N: '1.5' } }), ['unreadable', 'missing 2.1']],
    ['a negative version', set(2, { version: { N: '-1' } }), ['unreadable', 'missing 2.1']],
    ['a version that is text', set(2, { version: { S: '1' } }), ['unreadable', 'missing 2.1']],

    ['the first removed', remove(0), ['missing 1.0']],
    ['the first of a commit removed', remove(1), ['missing 2.0']],
    ['one within a commit removed', remove(2), ['missing 2.1']],
    ['a commit removed', remove(4), ['missing 3.0']],
    ['several commits removed', remove(1, 2, 3, 4), ['missing 2.0']],
    ['two in different places removed', remove(2, 5), ['missing 2.1', 'missing 4.0']],
    ['the last of a commit removed, which leaves no gap', remove(3), ['broken-link 3.0']],
    ['the last of all removed, which leaves no gap either', remove(last), ['head-wrong 5.0']],
    ['the last commit cut off', remove(last - 1, last), ['cut-tail 5.0']],
    ['the last two commits cut off', remove(last - 2, last - 1, last), ['cut-tail 4.0']],
    ['all entries cut off', { state, entries: [] }, ['cut-tail 1.0']],

    ['one added at the first position', add(0, at(1, 0)), ['broken-link 1.0', 'broken-link 2.0']],
    ['one added at a middle position', add(1, at(2, 1)), ['broken-link 2.1', 'broken-link 2.2']],
    ['one added at the last position', add(last - 1, at(5, 1)), ['broken-link 5.1', 'head-wrong 5.1']],
    ['one added behind the first commit', add(0, at(1, 1)), ['broken-link 2.0']],
    ['one added behind a middle commit', add(3, at(2, 3)), ['broken-link 3.0']],
    ['one added behind the last commit', add(last, at(5, 2)), ['head-wrong 5.2']],
    ['a commit added behind the state', add(last, at(6, 0)), ['head-wrong 6.0']],
    ['a stray commit far behind the state', add(last, at(9, 0)), ['missing 6.0', 'head-wrong 9.0']],
    ['a copy of an entry', add(4, { prev: entry(4).prev } as Item), ['broken-link 3.0', 'broken-link 4.0']],
    ['an entry moved to the end', set(4, at(5, 2)), ['missing 3.0', 'broken-link 5.2', 'head-wrong 5.2']],

    ['a changed head', setState((s) => ({ ...s, head: bytes(hashAt(3)) })), ['head-wrong 5.1']],
    ['a head of nothing', setState((s) => ({ ...s, head: { B: Buffer.alloc(32) } })), ['head-wrong 5.1']],
    ['no head', setState(({ head: _, ...state }) => state), ['head-wrong']],
    ['a short head', setState((s) => ({ ...s, head: bytes('AAAA') })), ['head-wrong']],
    ['a state without a version', setState(({ version: _, ...state }) => state), ['head-wrong']],
    ['half a version of the state', setState((s) => ({ ...s, version: { N: '4.5' } })), ['head-wrong']],
    ['a later version of the state', setState((s) => ({ ...s, version: { N: '6' } })), ['cut-tail 6.0']],
    ['an earlier version of the state', setState((s) => ({ ...s, version: { N: '4' } })), ['head-wrong 5.0']],
  ])('is found: %s', (_, tampered, findings) => expect(find(tampered)).toEqual(findings));

  it.each([
    ['the first two', 0, 1],
    ['within a commit', 1, 2],
    ['of two commits', 4, 5],
    ['the last two', last - 1, last],
    ['far apart', 2, 5],
  ])('is found at the beginning of a reordering: %s', (_, a, b) => {
    expect(find(swap(a, b, ['version', 'ordinal']))[0]).toBe(`broken-link ${positions[a]}`);
    expect(find(swap(a, b, ['detail', 'standing', 'changes', 'type', 'salt']))[0]).toBe(
      `broken-link ${positions[a + 1]}`,
    );
    expect(find(swap(a, b, ['prev']))[0]).toBe(`broken-link ${positions[a]}`);
  });

  it('is reported with what was expected and what was found', () => {
    const edited: Item = { ...entry(3), detail: { S: '{}' } };
    expect(checkChain(entries.with(3, edited), state)).toEqual([
      {
        code: 'broken-link',
        version: 3,
        ordinal: 0,
        sk: entry(4).sk?.S,
        sentence: `the chain breaks at 3.0: expected ${hashItem(edited)}, the hash of 2.2, found ${hashAt(3)}`,
      },
    ]);
  });
});

/** One change of a ledger, by numbers that fast-check chooses. */
interface Tampering {
  readonly how: 'edit' | 'drop' | 'remove' | 'add' | 'positions' | 'links' | 'contents' | 'cut' | 'state';
  readonly which: number;
  readonly with: number;
  readonly name: number;
}

const tampering: fc.Arbitrary<Tampering> = fc.record({
  how: fc.constantFrom('edit', 'drop', 'remove', 'add', 'positions', 'links', 'contents', 'cut', 'state'),
  which: fc.nat(1_000),
  with: fc.nat(1_000),
  name: fc.nat(1_000),
});

const changedValue = (value: NonNullable<Item[string]>): Item[string] => {
  if (value.B !== undefined) return { B: Buffer.from(value.B).map((byte, i) => (i === 0 ? byte ^ 1 : byte)) };
  return value.N !== undefined ? { N: `${Number(value.N) + 1}` } : { S: `${value.S}x` };
};

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Tampers with a ledger. @returns undefined if this changes nothing */
const tamper = (ledger: WrittenLedger, given: Tampering): Tampered | undefined => {
  const { entries, state } = ledger;
  const i = given.which % entries.length;
  const j = given.with % entries.length;
  const item = entries[i] as Item;
  const names = Object.keys(item).filter((name) => name !== 'pk');
  const name = pick(names, given.name);
  const swapping = (...swappedNames: string[]) =>
    i === j ? undefined : { state, entries: swapped(entries, i, j, swappedNames) };
  switch (given.how) {
    case 'edit':
      return {
        state,
        entries: entries.with(i, { ...item, [name]: changedValue(item[name] as never) as never }),
      };
    case 'drop':
      return {
        state,
        entries: entries.with(i, Object.fromEntries(Object.entries(item).filter(([n]) => n !== name))),
      };
    case 'remove':
      return { state, entries: entries.toSpliced(i, 1) };
    case 'add':
      return { state, entries: [...entries, { ...item, sk: { S: `${item.sk?.S}-2` } }] };
    case 'positions':
      return swapping('version', 'ordinal');
    case 'links':
      return swapping('prev');
    case 'contents':
      return swapping('detail', 'standing', 'changes', 'type');
    case 'cut':
      return { state, entries: entries.slice(0, i) };
    case 'state': {
      const stateName = pick(['version', 'head'], given.name);
      return { entries, state: { ...state, [stateName]: changedValue(state[stateName] as never) as never } };
    }
    default:
      return given.how satisfies never;
  }
};

describe('any ledger', () => {
  const ledgers = fc
    .tuple(
      signals.filter((list) => list.length > 0),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 24, maxLength: 24 }),
    )
    .map(([events, sizes]) => {
      const commits: (typeof events)[] = [];
      for (let from = 0; from < events.length; from += sizes[commits.length - 1] ?? 1)
        commits.push(events.slice(from, from + (sizes[commits.length] ?? 1)));
      return writeLedger(commits);
    });

  it('verifies, but not after any single edit, removal, addition, swap or cut (I9)', () => {
    fc.assert(
      fc.property(ledgers, tampering, (ledger, given) => {
        expect(checkChain(ledger.entries, ledger.state)).toEqual([]);
        const tampered = tamper(ledger, given);
        if (tampered === undefined) return;
        expect(checkChain(tampered.entries, tampered.state)).not.toEqual([]);
      }),
      seeded(),
    );
  });
});

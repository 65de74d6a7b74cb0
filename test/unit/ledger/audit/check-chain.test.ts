import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { checkChain, type Finding, hashOf } from '../../../../shared/ledger/index.ts';
import { signals } from '../../../support/histories.ts';
import { seeded } from '../../../support/seed.ts';
import { eightEntries, type Kept, kept, placeOf } from './ledgers.ts';

const bytes = (inBase64: string) => ({ B: Buffer.from(inBase64, 'base64') });
const places = eightEntries().entries.map(placeOf);
const last = places.length - 1;

/** What is found, as `edited 2.0`. */
const told = ({ code, version, ordinal }: Finding): string =>
  version === undefined ? code : `${code} ${version}.${ordinal}`;
const found = ({ entries, state }: { entries: readonly Item[]; state: Item | undefined }): string[] =>
  checkChain(entries, state).map(told);

const edited = (index: number, change: (item: Item) => Item): Kept => {
  const ledger = eightEntries();
  return { ...ledger, entries: ledger.entries.map((item, i) => (i === index ? change(item) : item)) };
};
const without = (...removed: number[]): Kept => {
  const ledger = eightEntries();
  return { ...ledger, entries: ledger.entries.filter((_, i) => !removed.includes(i)) };
};

describe('a whole chain', () => {
  it('holds, in whatever order its entries are read', () => {
    const { entries, state } = eightEntries();
    expect(checkChain(entries, state)).toEqual([]);
    expect(checkChain(entries.toReversed(), state)).toEqual([]);
  });

  it('is also nothing at all', () => expect(checkChain([], undefined)).toEqual([]));
});

describe('an edited entry', () => {
  it.each(places.map((place, i) => [place, i] as const))('is found and named: %s', (place, i) => {
    expect(found(edited(i, (item) => ({ ...item, detail: { S: '{}' } })))).toEqual([`edited ${place}`]);
    expect(found(edited(i, (item) => ({ ...item, more: { S: 'x' } })))).toEqual([`edited ${place}`]);
    expect(found(edited(i, ({ standing: _, ...item }) => item))).toEqual([`edited ${place}`]);
  });

  it.each(['type', 'source', 'other', 'sk'])('is found by its %s, which is not personal', (name) => {
    expect(found(edited(3, (item) => ({ ...item, [name]: { S: 'EVENT#other' } })))).toEqual(['edited 2.2']);
  });

  it('is found where its link was changed, and the sentence leaves open which of two it is', () => {
    const findings = checkChain(
      ...args(edited(4, (item) => ({ ...item, prev: bytes(hashOf({ ...item, sk: { S: '' } })) }))),
    );
    expect(findings.map(told)).toEqual(['edited 2.2', 'edited 3.0']);
    expect(findings[0]?.sentence).toContain('the link of 3.0 was');
  });

  it('without salt and commitment is unreadable', () => {
    expect(found(edited(2, ({ salt: _, ...item }) => item))).toEqual(['unreadable 2.1']);
  });

  it.each([{}, { N: '0' }, { N: '1.5' }, { N: '-1' }, { S: '1' }])(
    'that says no place that can be is unreadable, and its place is missing: %j',
    (version) => {
      expect(found(edited(2, (item) => ({ ...item, version: version as { N: string } })))).toEqual([
        'unreadable',
        'missing 2.1',
      ]);
    },
  );
});

const args = ({ entries, state }: Kept): [Item[], Item] => [entries, state];

describe('a missing entry', () => {
  it.each([
    ['the first', [0], ['missing 1.0']],
    ['the first of a commit', [1], ['missing 2.0']],
    ['one within a commit', [2], ['missing 2.1']],
    ['a commit', [4], ['missing 3.0']],
    ['several commits', [1, 2, 3, 4], ['missing 2.0']],
    ['two in different places', [2, 5], ['missing 2.1', 'missing 4.0']],
    ['the last of a commit in between, which leaves no gap', [3], ['edited 2.1']],
    ['the last of all, which leaves no gap either', [last], ['edited 5.0']],
    ['the last commit', [last - 1, last], ['cut-tail 5.0']],
    ['the last two commits', [last - 2, last - 1, last], ['cut-tail 4.0']],
  ])('is found: %s', (_, removed, findings) => expect(found(without(...removed))).toEqual(findings));

  it('is all of them: then the tail is cut from the beginning', () => {
    expect(found({ entries: [], state: eightEntries().state })).toEqual(['cut-tail 1.0']);
  });

  it('that leaves no gap is among the causes that the sentence names', () => {
    const [inBetween] = checkChain(...args(without(3)));
    expect(inBetween?.sentence).toContain('an entry of version 2 behind it was removed');
    const [atTheEnd] = checkChain(...args(without(last)));
    expect(atTheEnd?.sentence).toContain('entries behind it were removed');
  });
});

describe('an added entry', () => {
  const forged = (version: number, ordinal: number, behind: number): Item => ({
    ...(eightEntries().entries[0] as Item),
    sk: { S: 'EVENT#2026-03-09T00:00:00.000Z#forged' },
    version: { N: `${version}` },
    ordinal: { N: `${ordinal}` },
    prev: bytes(hashOf(eightEntries().entries[behind] as Item)),
  });
  const withForged = (version: number, ordinal: number, before: number): Kept => {
    const ledger = eightEntries();
    const prev = bytes(hashOf(ledger.entries[before] as Item));
    return { ...ledger, entries: [...ledger.entries, { ...forged(version, ordinal, before), prev }] };
  };

  it.each([
    ['at the place of the first', 1, 0, 0],
    ['at a place in the middle', 2, 1, 1],
    ['at the place of the last', 5, 1, last - 1],
    ['behind a commit in the middle', 2, 3, 3],
    ['behind the first commit', 1, 1, 0],
    ['behind the last commit', 5, 2, last],
    ['as a commit of its own behind the state', 6, 0, last],
  ])('is found: %s', (_, version, ordinal, before) => {
    expect(found(withForged(version, ordinal, before))).toEqual([`added ${version}.${ordinal}`]);
  });

  it('is told from the true one at the same place', () => {
    const [finding] = checkChain(...args(withForged(2, 1, 1)));
    expect(finding?.sk).toContain('forged');
  });
});

describe('reordered entries', () => {
  const swapped = (a: number, b: number): Kept => {
    const ledger = eightEntries();
    const [x, y] = [ledger.entries[a], ledger.entries[b]] as [Item, Item];
    const at = (item: Item, { version, ordinal }: Item): Item => ({ ...item, version, ordinal }) as Item;
    const entries = ledger.entries.with(a, at(x, y)).with(b, at(y, x));
    return { ...ledger, entries };
  };

  it.each([
    ['the first two', 0, 1],
    ['within a commit', 1, 2],
    ['of two commits', 4, 5],
    ['the last two', last - 1, last],
    ['far apart', 2, 5],
  ])('are found: %s', (_, a, b) => {
    expect(found(swapped(a, b)).sort()).toEqual([`reordered ${places[a]}`, `reordered ${places[b]}`]);
  });

  it('are found where two entries have changed their links', () => {
    const ledger = eightEntries();
    const [x, y] = [ledger.entries[4], ledger.entries[5]] as [Item, Item];
    const entries = ledger.entries
      .with(4, { ...x, prev: y.prev } as Item)
      .with(5, { ...y, prev: x.prev } as Item);
    expect(found({ ...ledger, entries })).toContain('reordered 4.0');
  });
});

describe('a state', () => {
  const withState = (change: (state: Item) => Item | undefined) => {
    const { entries, state } = eightEntries();
    return { entries, state: change(state) };
  };

  it('that is lost is found', () => expect(found(withState(() => undefined))).toEqual(['state-lost']));

  it('that points to an earlier entry is found', () => {
    const { entries } = eightEntries();
    for (const i of [0, 3, 5]) {
      const state = { ...eightEntries().state, head: bytes(hashOf(entries[i] as Item)) };
      expect(found({ entries, state })).toEqual(['head-wrong 5.1']);
    }
  });

  it('with a head of nothing is found; a chain alone can not tell whether it or the last entry was changed', () => {
    const found = checkChain(
      ...args(withState((state) => ({ ...state, head: bytes(Buffer.alloc(32).toString('base64')) })) as Kept),
    );
    expect(found.map(told)).toEqual(['edited 5.1']);
    expect(found[0]?.sentence).toContain('or the head was changed');
  });

  it.each<[string, (state: Item) => Item]>([
    ['no head', ({ head: _, ...state }) => state],
    ['a short head', (state) => ({ ...state, head: bytes('AAAA') })],
    ['no version', ({ version: _, ...state }) => state],
    ['half a version', (state) => ({ ...state, version: { N: '4.5' } })],
  ])('that has %s is found', (_, change) => expect(found(withState(change))).toEqual(['head-wrong']));

  it('of another version is found', () => {
    const at = (version: number) => found(withState((state) => ({ ...state, version: { N: `${version}` } })));
    expect(at(6)).toEqual(['cut-tail 6.0']);
    expect(at(4)).toEqual(['added 5.0', 'added 5.1', 'head-wrong 4.0']);
  });
});

/** One thing done to a ledger, by numbers that fast-check chooses. */
interface Tampering {
  readonly how: 'edit' | 'drop' | 'remove' | 'add' | 'places' | 'links' | 'contents' | 'cut' | 'state';
  readonly which: number;
  readonly with: number;
  readonly name: number;
}

const tampering: fc.Arbitrary<Tampering> = fc.record({
  how: fc.constantFrom('edit', 'drop', 'remove', 'add', 'places', 'links', 'contents', 'cut', 'state'),
  which: fc.nat(1_000),
  with: fc.nat(1_000),
  name: fc.nat(1_000),
});

const changedValue = (value: NonNullable<Item[string]>): Item[string] => {
  if (value.B !== undefined) return { B: Buffer.from(value.B).map((byte, i) => (i === 0 ? byte ^ 1 : byte)) };
  return value.N !== undefined ? { N: `${Number(value.N) + 1}` } : { S: `${value.S}x` };
};

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

const swap = (entries: readonly Item[], i: number, j: number, names: readonly string[]): Item[] => {
  const taken = (item: Item, from: Item): Item => {
    const kept = Object.entries(item).filter(([name]) => !names.includes(name));
    const got = Object.entries(from).filter(([name]) => names.includes(name));
    return Object.fromEntries([...kept, ...got]);
  };
  const [x, y] = [entries[i], entries[j]] as [Item, Item];
  return entries.with(i, taken(x, y)).with(j, taken(y, x));
};

/** @returns undefined where this changes nothing */
const tamper = ({ entries, state }: Kept, given: Tampering) => {
  const i = given.which % entries.length;
  const j = given.with % entries.length;
  const item = entries[i] as Item;
  const names = Object.keys(item).filter((name) => name !== 'pk');
  const name = pick(names, given.name);
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
    case 'places':
      return i === j ? undefined : { state, entries: swap(entries, i, j, ['version', 'ordinal']) };
    case 'links':
      return i === j ? undefined : { state, entries: swap(entries, i, j, ['prev']) };
    case 'contents':
      return i === j
        ? undefined
        : { state, entries: swap(entries, i, j, ['detail', 'standing', 'changes', 'type']) };
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
      return kept(commits);
    });

  it('verifies, and does not with any one thing edited, removed, added, swapped or cut (I9)', () => {
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

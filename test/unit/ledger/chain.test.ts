import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../shared/dynamodb/index.ts';
import {
  type Commit,
  decideAll,
  erase,
  type LeadState,
  type LedgerEnd,
  merge,
  redact,
} from '../../../shared/lead/index.ts';
import {
  computeCommitment,
  erased,
  hashItem,
  isErased,
  isSecondEntry,
  type PreparedCommit,
  parseEntry,
  personalNames,
  prepareCommit,
} from '../../../shared/ledger/index.ts';
import { buildSignal, leadEvent } from '../../support/events.ts';
import { signals } from '../../support/histories.ts';
import { successReady } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { storedAfter } from '../../support/stored.ts';

const model = successReady();

const executive = (leadId: string) =>
  buildSignal({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: { seniority: 'executive' } },
    id: 'e-0',
  });
const demo = (leadId: string) =>
  buildSignal({ type: 'LeadActivityRecorded', data: { leadId, activity: 'demo_requested' }, id: 'e-1' });

const encodeBase64 = (item: Item | undefined, name: string): string =>
  Buffer.from(item?.[name]?.B ?? []).toString('base64');
const encodePrev = (item: Item | undefined): string => encodeBase64(item, 'prev');
const encodeHead = ({ items }: PreparedCommit): string => encodeBase64(items.state, 'head');

const first = prepareCommit(decideAll(model, undefined, [executive('l-1'), demo('l-1')], 0));
const [opening, following] = first.items.entries as [Item, Item];

const other = prepareCommit(decideAll(model, undefined, [executive('l-2')], 0));
const commits = merge(
  model,
  { leadId: 'l-1', before: storedAfter(first) },
  { leadId: 'l-2', before: storedAfter(other) },
  leadEvent({ type: 'LeadsMerged', data: { mergedLeadId: 'l-2' }, id: 'e-2' }),
  0,
);
const survivor = prepareCommit(commits.survivor);
const merged = prepareCommit(commits.merged as Commit);
const [merging] = survivor.items.entries as [Item];
const [closing] = merged.items.entries as [Item];

describe('the chain of a ledger', () => {
  it('begins with an entry that has none before it, and ends with the head of the state', () => {
    expect(opening).not.toHaveProperty('prev');
    expect(encodePrev(following)).toBe(hashItem(opening));
    expect(encodeHead(first)).toBe(hashItem(following));
    expect(first.head).toBe(hashItem(following));
  });

  it('continues from commit to commit, and each lead of a merge has its own', () => {
    expect(encodePrev(merging)).toBe(first.head);
    expect(encodePrev(closing)).toBe(other.head);
    expect(encodeHead(survivor)).toBe(hashItem(merging));
    expect(encodeHead(merged)).toBe(hashItem(closing));
  });

  it('continues through the redacted entries of an erased lead', () => {
    const erasure = prepareCommit(
      erase(
        { leadId: 'l-1', before: storedAfter(first) },
        leadEvent({ type: 'LeadErasureRequested', data: {}, id: 'e-3' }),
        0,
      ),
    );
    const late = prepareCommit(
      redact(
        { ...storedAfter(erasure), leadId: 'l-1', status: 'erased' },
        [executive('l-1'), demo('l-1')].map((event) => ({
          ...event,
          metadata: { ...event.metadata, eventId: `late-${event.metadata.eventId}` },
        })),
        0,
      ),
    );
    const { entries } = late.items;
    expect(entries.map(encodePrev)).toEqual([erasure.head, hashItem(entries[0] as Item)]);
    expect(encodeHead(late)).toBe(hashItem(entries[1] as Item));
  });

  it('I9: is valid for any history, in whatever commits it is written, stored and read', () => {
    fc.assert(
      fc.property(signals, fc.integer({ min: 1, max: 5 }), (events, size) => {
        let state: (LeadState & LedgerEnd) | undefined;
        let head = '';
        for (let i = 0; i < events.length; i += size) {
          const commit = prepareCommit(decideAll(model, state, events.slice(i, i + size) as never, 0));
          for (const item of structuredClone(commit.items.entries)) {
            expect(encodePrev(item)).toBe(head);
            head = hashItem(item);
          }
          state = storedAfter(commit);
          expect(state.head).toBe(head);
        }
      }),
      { ...seeded(), numRuns: 200 },
    );
  });
});

/** Returns items that each differ from one in an attribute: by value, by type, by its absence. */
const changesTo = (item: Item): [string, Item][] =>
  Object.entries(item).flatMap(([name, value]) => {
    const [[type, given]] = Object.entries(value) as [[string, string | Uint8Array]];
    const { [name]: _gone, ...without } = item;
    if (type === 'B') {
      const flipped = Uint8Array.from(given as Uint8Array, (byte, i) => (i === 0 ? byte ^ 1 : byte));
      return [
        [`another ${name}`, { ...item, [name]: { B: flipped } }],
        [`${name} as text`, { ...item, [name]: { S: Buffer.from(given as Uint8Array).toString('base64') } }],
        [`no ${name}`, without],
      ];
    }
    return [
      [`another ${name}`, { ...item, [name]: { [type]: `${given}0` } as never }],
      [`${name} of another type`, { ...item, [name]: { [type === 'S' ? 'N' : 'S']: given } as never }],
      [`no ${name}`, without],
    ];
  });

/** Returns the hash, or a mark that there is none: an entry that lacks an attribute has no hash. */
const hashOrNone = (item: Item): string => {
  try {
    return hashItem(item);
  } catch {
    return 'none';
  }
};

describe('the hash of an entry', () => {
  const kinds: [string, Item][] = [
    ['a decided entry', following],
    ['a merging entry', merging],
    ['a closing entry', closing],
    ['an erased entry', erased(following)],
  ];

  it.each(kinds)('of %s depends on every attribute, and on its type', (_what, item) => {
    const changed = changesTo(item);
    expect(changed.length).toBe(3 * Object.keys(item).length);
    for (const [what, edited] of changed) expect(hashOrNone(edited), what).not.toBe(hashItem(item));
  });

  it.each(kinds.slice(0, 3))('of %s depends on an added attribute, whatever its name', (_what, item) => {
    for (const name of ['note', 'prev2', 'Standing'])
      expect(hashItem({ ...item, [name]: { S: '' } }), name).not.toBe(hashItem(item));
  });

  it('is the same in whatever order the attributes are, and after they were stored', () => {
    const reversed = Object.fromEntries(Object.entries(following).toReversed());
    expect(hashItem(reversed)).toBe(hashItem(following));
    const stored = structuredClone(following);
    expect(hashItem(stored)).toBe(hashItem(following));
  });

  it('differs by the salt alone: the same event of two leads, or written twice, is not recognised by it', () => {
    const again = prepareCommit(decideAll(model, undefined, [executive('l-1'), demo('l-1')], 0)).items
      .entries[0] as Item;
    const { salt, ...rest } = opening;
    expect({ ...again, salt }).toEqual({ ...rest, salt });
    expect(again.salt).not.toEqual(salt);
    expect(computeCommitment(again)).not.toBe(computeCommitment(opening));
    expect(hashItem(again)).not.toBe(hashItem(opening));
  });

  it('is that of its skeleton and its commitment as JSON, so that anybody can compute it', () => {
    const sha256 = (value: unknown) => hash('sha256', JSON.stringify(value), 'base64');
    const typedValues = (names: string[]) =>
      names.map((name) => {
        const [type, value] = Object.entries(following[name] ?? {})[0] ?? ['', ''];
        return [name, type, type === 'B' ? encodeBase64(following, name) : value];
      });
    const commitment = sha256([
      encodeBase64(following, 'salt'),
      ...typedValues(['changes', 'detail', 'standing']),
    ]);
    const names = ['pk', 'sk', 'version', 'ordinal', 'type', 'source', 'other', 'prev'];
    expect(hashItem(following)).toBe(sha256([...typedValues(names), commitment]));
  });
});

describe('an erased entry', () => {
  const entries: [string, Item][] = [
    ['the first', opening],
    ['one in the middle', following],
    ['a merging one', merging],
  ];

  it.each(entries)('has the same hash as before: %s', (_what, item) => {
    expect(hashItem(erased(item))).toBe(hashItem(item));
    expect(computeCommitment(erased(item))).toBe(computeCommitment(item));
  });

  it.each(entries)('has nothing personal left, and no salt: %s', (_what, item) => {
    expect(personalNames(item)).toContain('detail');
    const { commitment, ...left } = erased(item);
    expect(commitment?.B).toHaveLength(32);
    expect(personalNames(left)).toEqual([]);
    expect(left).not.toHaveProperty('salt');
    expect(JSON.stringify(left)).not.toContain('executive');
    expect(Object.keys(item)).toEqual(expect.arrayContaining(Object.keys(left)));
  });

  it('does not change when it is erased again', () => {
    const once = erased(following);
    expect(isErased(following)).toBe(false);
    expect(isErased(once)).toBe(true);
    expect(erased(once)).toEqual(once);
  });

  it('does not confirm a guess of its content: without the salt nothing gives its commitment', () => {
    const { commitment, ...left } = erased(opening);
    const guessed = { ...opening, ...left };
    expect(computeCommitment(guessed)).toBe(Buffer.from(commitment?.B ?? []).toString('base64'));
    const { salt: _salt, ...withoutSalt } = guessed;
    expect(() => computeCommitment(withoutSalt)).toThrow('has no readable attribute salt');
    const otherSalt = { ...guessed, salt: { B: new Uint8Array(16) } };
    expect(computeCommitment(otherSalt)).not.toBe(computeCommitment(guessed));
  });

  it('still has its position, its type and its source, and the other lead of a merge', () => {
    expect(parseEntry(erased(merging))).toEqual({
      kind: 'erased',
      leadId: 'l-1',
      sk: merging.sk?.S,
      version: 2,
      ordinal: 0,
      type: 'LeadsMerged',
      source: 'test.producer',
      other: 'l-2',
    });
  });
});

describe('the second entry of an event', () => {
  it('is only the one with which a merge closes the merged lead', () => {
    expect(isSecondEntry(closing)).toBe(true);
    for (const item of [opening, following, merging, erased(merging)])
      expect(isSecondEntry(item)).toBe(false);
  });

  it('is not the one of an erasure, which is the only one of its event', () => {
    const erasure = leadEvent({ type: 'LeadErasureRequested', data: {}, id: 'e-3' });
    const commit = erase({ leadId: 'l-1', before: storedAfter(first) }, erasure, 0);
    const [item] = prepareCommit(commit).items.entries;
    expect(isSecondEntry(item as Item)).toBe(false);
  });
});

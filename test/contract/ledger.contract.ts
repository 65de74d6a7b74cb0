import { beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../shared/dynamodb/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import {
  type Commit,
  type DecidedEvent,
  decideAll,
  erase,
  type LeadState,
  type LedgerEnd,
  merge,
  redact,
  type SignalEvent,
} from '../../shared/lead/index.ts';
import {
  type Appended,
  buildContent,
  type Ledger,
  mostEvents,
  type PreparedCommit,
  prepareCommit,
  type StoredLead,
  stateItem,
} from '../../shared/ledger/index.ts';
import { requireEvent } from '../support/deliveries.ts';
import { buildSignal, leadEvent } from '../support/events.ts';
import { successReady } from '../support/models.ts';
import { storedAfter } from '../support/stored.ts';

const model = successReady();
const dayMs = 86_400_000;
const dayAt = (day: number): string =>
  new Date(Date.parse('2025-01-01T00:00:00.000Z') + day * dayMs).toISOString();

/** The contract of every ledger, whatever stores it. Each test has its own lead in one ledger. */
export const ledgerContract = (name: string, open: () => Promise<Ledger>): void => {
  let ledger: Ledger;
  let leadId = '';
  let count = 0;
  beforeEach(async () => {
    ledger = await open();
    leadId = `lead-${name.replace(/\W/g, '-')}-${++count}`;
  });

  const visit = (id: string, day = 0, properties: object | undefined = undefined): SignalEvent =>
    buildSignal({
      type: 'LeadActivityRecorded',
      data: { leadId, activity: 'page_visited', ...(properties !== undefined && { properties }) },
      at: dayAt(day),
      id,
    });
  const visits = (howMany: number, from = 0): [SignalEvent, ...SignalEvent[]] => [
    visit(`e-${from}`, from),
    ...Array.from({ length: howMany - 1 }, (_, i) => visit(`e-${from + i + 1}`, from + i + 1)),
  ];
  const buildCommit = (
    before: (LeadState & LedgerEnd) | undefined,
    ...events: [SignalEvent, ...SignalEvent[]]
  ): PreparedCommit<Commit<DecidedEvent, LeadState>> => prepareCommit(decideAll(model, before, events, 0));
  const appended = ({ head }: PreparedCommit): Appended => ({ kind: 'appended', head });
  const stored = async (): Promise<StoredLead | undefined> => (await ledger.load([leadId])).get(leadId);
  const timeline = () => Array.fromAsync(ledger.timeline(leadId));
  const listIds = async () => (await timeline()).map((entry) => requireEvent(entry).metadata.eventId);
  const present = (...events: SignalEvent[]) => ({
    kind: 'present',
    entries: new Map(events.map((event) => [entrySortKey(event), buildContent(event)])),
  });

  describe(`${name}: a ledger`, () => {
    it('appends a commit and gives its state back as it was', async () => {
      const prepared = buildCommit(undefined, visit('e-1', 0, { page: '/é🙂', seconds: 0.1, first: true }));
      expect(await ledger.append(prepared)).toEqual(appended(prepared));
      const { head, ...lead } = (await stored()) as StoredLead;
      expect(stateItem(lead)).toEqual(stateItem(prepared.commit.state));
      expect(head).toBe(prepared.head);
    });

    it('keeps of each entry its event, what it decided and its place', async () => {
      const prepared = buildCommit(undefined, visit('e-1'), visit('e-2', 1));
      await ledger.append(prepared);
      expect(await timeline()).toEqual(
        prepared.commit.entries.map(({ event, decided }, ordinal) => {
          const { dimensions: _dimensions, ...standing } = decided.standing;
          return {
            kind: 'decided',
            leadId,
            sk: entrySortKey(event),
            version: 1,
            ordinal,
            type: event.type,
            source: 'test.producer',
            event,
            standing,
            actionChanged: decided.changes.length > 0 && decided.actionChanged,
            changes: decided.changes,
          };
        }),
      );
    });

    it('appends upon the version that was decided upon', async () => {
      const first = buildCommit(undefined, visit('e-1'));
      await ledger.append(first);
      const second = buildCommit(storedAfter(first), visit('e-2', 1));
      expect(await ledger.append(second)).toEqual(appended(second));
      expect(await stored()).toMatchObject({ version: 2 });
    });

    it('loads the states of many leads, and leaves out those that it does not have', async () => {
      const others = Array.from({ length: 120 }, (_, i) => `${leadId}-${i}`);
      await ledger.append(buildCommit(undefined, visit('e-1')));
      const last = others.at(-1) ?? '';
      await ledger.append(
        buildCommit(
          undefined,
          buildSignal({ type: 'LeadStageChanged', data: { leadId: last, stage: 'mql' } }),
        ),
      );
      expect([...(await ledger.load([leadId, ...others])).keys()].toSorted()).toEqual([leadId, last]);
    });

    it('loads nothing for no leads', async () => expect((await ledger.load([])).size).toBe(0));

    it('finds which events it has, with their content, and only those', async () => {
      const [first, second] = [visit('e-1'), visit('e-2')];
      await ledger.append(buildCommit(undefined, first));
      expect(await ledger.find(leadId, [first, second])).toEqual(present(first).entries);
      expect((await ledger.find(`${leadId}-other`, [first])).size).toBe(0);
      expect((await ledger.find(leadId, [])).size).toBe(0);
    });

    it('finds an event that is asked for twice, once', async () => {
      const first = visit('e-1');
      await ledger.append(buildCommit(undefined, first));
      const asked = await ledger.find(leadId, [first, visit('e-1', 0, { page: '/other' })]);
      expect(asked).toEqual(present(first).entries);
    });

    it('finds among more events than one request takes', async () => {
      const events = visits(99);
      await ledger.append(buildCommit(undefined, ...events));
      expect((await ledger.find(leadId, [...events, ...visits(99, 99)])).size).toBe(99);
    });
  });

  describe(`${name}: a commit that the ledger does not take`, () => {
    it('conflicts where the lead is new to the writer and is there already', async () => {
      await ledger.append(buildCommit(undefined, visit('e-1')));
      expect(await ledger.append(buildCommit(undefined, visit('e-2')))).toEqual({ kind: 'conflict' });
    });

    it('conflicts where another wrote since, and where the version is not yet reached', async () => {
      const first = buildCommit(undefined, visit('e-1'));
      await ledger.append(first);
      const second = buildCommit(storedAfter(first), visit('e-2'));
      await ledger.append(second);
      expect(await ledger.append(buildCommit(storedAfter(first), visit('e-3')))).toEqual({
        kind: 'conflict',
      });
      const ahead = { ...storedAfter(second), version: 7 };
      expect(await ledger.append(buildCommit(ahead, visit('e-4')))).toEqual({ kind: 'conflict' });
    });

    it('names each entry that is present, with the content that is stored, also upon an old version', async () => {
      const [stored, also] = [visit('e-1', 0, { page: '/' }), visit('e-2')];
      const first = buildCommit(undefined, stored, also);
      await ledger.append(first);
      const other = visit('e-1', 0, { page: '/other' });
      expect(await ledger.append(buildCommit(storedAfter(first), visit('e-3'), other))).toEqual(
        present(stored),
      );
      expect(await ledger.append(buildCommit(undefined, stored, also))).toEqual(present(stored, also));
    });

    it('leaves no trace: neither its state nor any of its entries', async () => {
      const first = buildCommit(undefined, visit('e-1'));
      await ledger.append(first);
      await ledger.append(buildCommit(storedAfter(first), ...visits(50, 10), visit('e-1')));
      await ledger.append(buildCommit(undefined, ...visits(50, 10)));
      expect(await listIds()).toEqual(['e-1']);
      expect(canonical(await stored())).toEqual(canonical(storedAfter(first)));
    });

    it('tells events apart by id and instant together', async () => {
      const first = buildCommit(undefined, visit('e-1', 0));
      await ledger.append(first);
      const second = buildCommit(storedAfter(first), visit('e-1', 1), visit('e-2', 0));
      expect(await ledger.append(second)).toEqual(appended(second));
    });

    it('is of one lead only: the same event of another lead is another event', async () => {
      await ledger.append(buildCommit(undefined, visit('e-1')));
      leadId = `${leadId}-other`;
      const other = buildCommit(undefined, visit('e-1'));
      expect(await ledger.append(other)).toEqual(appended(other));
    });
  });

  describe(`${name}: the largest commit`, () => {
    it(`holds ${mostEvents} events, whole`, async () => {
      const prepared = buildCommit(undefined, ...visits(mostEvents));
      expect(await ledger.append(prepared)).toEqual(appended(prepared));
      expect(await listIds()).toEqual(prepared.commit.entries.map(({ event }) => event.metadata.eventId));
    });

    it('is refused with one event more, whole', async () => {
      await expect(ledger.append(buildCommit(undefined, ...visits(mostEvents + 1)))).rejects.toThrow();
      expect(await listIds()).toEqual([]);
      expect(await stored()).toBeUndefined();
    });
  });

  describe(`${name}: writers at the same time`, () => {
    it('of different events upon one version: exactly one comes first, the others conflict', async () => {
      const first = buildCommit(undefined, visit('e-0'));
      await ledger.append(first);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => ledger.append(buildCommit(storedAfter(first), visit(`w-${i}`)))),
      );
      expect(answers.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === 'conflict')).toHaveLength(7);
      expect(await timeline()).toHaveLength(2);
      expect(await stored()).toMatchObject({ version: 2 });
    });

    it('of one event of a new lead: exactly one comes first, none of the others writes', async () => {
      const commit = buildCommit(undefined, visit('e-1'));
      const kinds = (await Promise.all(Array.from({ length: 8 }, () => ledger.append(commit)))).map(
        ({ kind }) => kind,
      );
      expect(kinds.filter((kind) => kind === 'appended')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'present' || kind === 'conflict')).toHaveLength(7);
      expect(await listIds()).toEqual(['e-1']);
    });

    it('of different leads do not meet', async () => {
      const commits = Array.from({ length: 8 }, (_, i) => {
        const event = {
          type: 'LeadStageChanged' as const,
          data: { leadId: `${leadId}-${i}`, stage: 'lead' },
        };
        return buildCommit(undefined, buildSignal(event));
      });
      const answers = await Promise.all(commits.map((commit) => ledger.append(commit)));
      expect(answers.every(({ kind }) => kind === 'appended')).toBe(true);
    });
  });

  describe(`${name}: a timeline`, () => {
    it('is in the order of what happened, not of what arrived; of one instant, by id', async () => {
      const first = buildCommit(undefined, visit('e-3', 30), visit('e-1', 10));
      await ledger.append(first);
      await ledger.append(
        buildCommit(storedAfter(first), visit('e-2b', 20), visit('~', 20), visit('e-2a', 20), visit('!', 5)),
      );
      expect(await listIds()).toEqual(['!', 'e-1', 'e-2a', 'e-2b', '~', 'e-3']);
      expect((await timeline()).map(({ version, ordinal }) => [version, ordinal])).toEqual([
        [2, 3],
        [1, 1],
        [2, 2],
        [2, 0],
        [2, 1],
        [1, 0],
      ]);
    });

    it('is whole where it is larger than one page', async () => {
      const text = 'x'.repeat(9_000);
      let state: (LeadState & LedgerEnd) | undefined;
      for (let batch = 0; batch < 3; batch++) {
        const answered = (i: number) =>
          buildSignal({
            type: 'LeadAnswersRecorded',
            data: { leadId, answers: { need: { value: 'critical', text } } },
            at: dayAt(batch * 60 + i),
            id: `a-${batch}-${i}`,
          });
        const commit = buildCommit(
          state,
          answered(0),
          ...Array.from({ length: 59 }, (_, i) => answered(i + 1)),
        );
        expect(await ledger.append(commit)).toEqual(appended(commit));
        state = storedAfter(commit);
      }
      const ids = await listIds();
      expect(ids).toHaveLength(180);
      expect([ids[0], ids[60], ids[179]]).toEqual(['a-0-0', 'a-1-0', 'a-2-59']);
    });

    it('of a lead that is not there is empty', async () => expect(await timeline()).toEqual([]));

    it('has nothing of a lead whose id begins the same', async () => {
      const own = leadId;
      leadId = `${own}-longer`;
      await ledger.append(buildCommit(undefined, visit('e-1')));
      leadId = own;
      expect(await timeline()).toEqual([]);
    });
  });

  describe(`${name}: the chain`, () => {
    it('goes on from commit to commit, from the head that the last one answered with', async () => {
      const heads: string[] = [];
      for (let i = 0; i < 3; i++) {
        const before = (await stored()) as (LeadState & LedgerEnd) | undefined;
        const answer = await ledger.append(buildCommit(before, visit(`e-${i}a`, i), visit(`e-${i}b`, i)));
        heads.push(answer.kind === 'appended' ? answer.head : answer.kind);
        expect(await stored()).toMatchObject({ version: i + 1, head: heads[i] });
      }
      expect(new Set(heads).size).toBe(3);
    });

    it('does not go on where a commit is not taken', async () => {
      const first = buildCommit(undefined, visit('e-1'));
      await ledger.append(first);
      await ledger.append(buildCommit(undefined, visit('e-2')));
      await ledger.append(buildCommit(storedAfter(first), visit('e-1')));
      expect(await stored()).toMatchObject({ version: 1, head: first.head });
    });
  });

  describe(`${name}: a merge`, () => {
    const other = () => `${leadId}-merged`;
    const ofOther = (id: string) =>
      buildSignal({
        type: 'LeadActivityRecorded',
        data: { leadId: other(), activity: 'demo_requested' },
        at: dayAt(0),
        id,
      });
    const merging = (id = 'merge') =>
      leadEvent({
        type: 'LeadsMerged',
        data: { leadId, mergedLeadId: other() },
        at: dayAt(50),
        id,
      });
    /** Stores two leads with an event each. */
    const both = async () => {
      const [survivor, merged] = [
        buildCommit(undefined, visit('e-1')),
        buildCommit(undefined, ofOther('e-1')),
      ];
      await ledger.append(survivor);
      await ledger.append(merged);
      return [storedAfter(survivor), storedAfter(merged)] as const;
    };
    type Stored = LeadState & LedgerEnd;
    const buildMerge = (survivor: Stored | undefined, merged: Stored | undefined, id?: string) => {
      const commits = merge(
        model,
        { leadId, before: survivor },
        { leadId: other(), before: merged },
        merging(id),
        0,
      );
      return [prepareCommit(commits.survivor), prepareCommit(commits.merged as Commit)] as const;
    };
    const readTimeline = (id: string) => Array.fromAsync(ledger.timeline(id));
    const loaded = async () => {
      const leads = await ledger.load([leadId, other()]);
      return canonical([...leads.values()].toSorted((a, b) => (a.leadId < b.leadId ? -1 : 1)));
    };

    it('writes both leads: the one that took over, and the one that is closed', async () => {
      const [survivor, merged] = buildMerge(...(await both()));
      expect(await ledger.append(survivor, merged)).toEqual(appended(survivor));
      expect(await loaded()).toBe(canonical([storedAfter(survivor), storedAfter(merged)]));
      expect((await ledger.load([other()])).get(other())).toEqual({
        leadId: other(),
        version: 2,
        status: 'merged',
        mergedInto: leadId,
        head: merged.head,
      });
    });

    it('keeps in either ledger an entry of its own, with the facts that were taken over', async () => {
      const [before, taken] = await both();
      const commits = buildMerge(before, taken);
      await ledger.append(...commits);
      const [last] = (await readTimeline(leadId)).slice(-1);
      expect(last).toMatchObject({
        kind: 'decided',
        sk: entrySortKey(merging()),
        type: 'LeadsMerged',
        other: other(),
      });
      expect(canonical(last?.kind === 'decided' && last.event)).toBe(
        canonical({ ...merging(), merged: taken.facts }),
      );
      expect((await readTimeline(other())).slice(-1)).toEqual([
        {
          kind: 'closing',
          leadId: other(),
          sk: `${entrySortKey(merging())} ${leadId}`,
          version: 2,
          ordinal: 0,
          type: 'LeadsMerged',
          source: 'test.producer',
          other: leadId,
          event: merging(),
          change: { type: 'LeadRedirected', mergedInto: leadId },
        },
      ]);
    });

    it('of two leads that are new writes both', async () => {
      const [survivor, merged] = buildMerge(undefined, undefined);
      expect(await ledger.append(survivor, merged)).toEqual(appended(survivor));
      expect(await loaded()).toBe(canonical([storedAfter(survivor), storedAfter(merged)]));
    });

    it.each(['survivor', 'merged lead'])(
      'writes nothing where another writer came first on the %s',
      async (who) => {
        const [survivor, merged] = await both();
        const next =
          who === 'survivor' ? buildCommit(survivor, visit('e-2', 1)) : buildCommit(merged, ofOther('e-2'));
        await ledger.append(next);
        const before = await loaded();
        expect(await ledger.append(...buildMerge(survivor, merged))).toEqual({ kind: 'conflict' });
        expect(await loaded()).toBe(before);
        expect((await readTimeline(leadId)).length + (await readTimeline(other())).length).toBe(3);
      },
    );

    it('writes nothing where a lead that it takes for new is there', async () => {
      const [survivor, merged] = await both();
      const before = await loaded();
      expect(await ledger.append(...buildMerge(undefined, merged))).toEqual({ kind: 'conflict' });
      expect(await ledger.append(...buildMerge(survivor, undefined))).toEqual({ kind: 'conflict' });
      expect(await loaded()).toBe(before);
    });

    it('names what is present, and writes nothing, where it is recorded already', async () => {
      const first = buildMerge(...(await both()));
      await ledger.append(...first);
      const before = await loaded();
      const again = await ledger.append(...first);
      expect(again.kind === 'present' && again.entries.get(entrySortKey(merging()))).toEqual(
        buildContent(merging()),
      );
      expect(await loaded()).toBe(before);
    });

    it('at the same time as others of the same leads: exactly one comes first', async () => {
      const [survivor, merged] = await both();
      const answers = await Promise.all([
        ledger.append(...buildMerge(survivor, merged, 'one')),
        ledger.append(...buildMerge(survivor, merged, 'other')),
        ledger.append(buildCommit(survivor, visit('e-2', 1))),
        ledger.append(buildCommit(merged, ofOther('e-2'))),
      ]);
      const kinds = answers.map(({ kind }) => kind);
      const [one, two, ...visits] = kinds.map((kind) => kind === 'appended');
      // Either a merge alone, or the events of each lead by itself.
      expect(one || two ? visits : [one, two]).toEqual([false, false]);
      expect([one, two].filter(Boolean).length + visits.filter(Boolean).length).toBeGreaterThan(0);
      expect(kinds.every((kind) => kind === 'appended' || kind === 'conflict')).toBe(true);
    });

    it('is followed by what still comes of the merged lead, under keys of its own', async () => {
      const [survivor, merged] = buildMerge(...(await both()));
      await ledger.append(survivor, merged);
      const late = buildCommit(storedAfter(survivor) as Stored, ofOther('e-1'), ofOther('e-9'));
      expect(await ledger.append(late)).toEqual(appended(late));
      expect((await readTimeline(leadId)).map(({ sk }) => sk.split('#')[2]).toSorted()).toEqual([
        'e-1',
        `e-1 ${other()}`,
        `e-9 ${other()}`,
        'merge',
      ]);
      expect([
        ...(await ledger.find(leadId, [ofOther('e-1'), visit('e-1'), visit('e-9')])).entries(),
      ]).toEqual(
        expect.arrayContaining([
          [`${entrySortKey(ofOther('e-1'))} ${other()}`, buildContent(ofOther('e-1'))],
          [entrySortKey(visit('e-1')), buildContent(visit('e-1'))],
        ]),
      );
      expect((await ledger.find(leadId, [visit('e-9')])).size).toBe(0);
    });
  });

  describe(`${name}: an erasure`, () => {
    const erasure = () =>
      leadEvent({ type: 'LeadErasureRequested', data: { leadId }, at: dayAt(60), id: 'erase' });
    const erasedLead = async () => {
      const first = buildCommit(undefined, visit('e-1'));
      await ledger.append(first);
      const commit = prepareCommit(erase({ leadId, before: storedAfter(first) }, erasure(), 0));
      expect(await ledger.append(commit)).toEqual(appended(commit));
      return { leadId, version: 2, status: 'erased' as const, head: commit.head };
    };

    it('leaves a state without anything that was known', async () => {
      const lead = await erasedLead();
      expect(await stored()).toEqual(lead);
      expect((await timeline()).slice(-1)).toMatchObject([
        { kind: 'closing', version: 2, event: erasure(), change: { type: 'LeadErased' } },
      ]);
    });

    it('of a lead that is new makes one that is erased', async () => {
      const commit = prepareCommit(erase({ leadId, before: undefined }, erasure(), 0));
      expect(await ledger.append(commit)).toEqual(appended(commit));
      expect(await stored()).toEqual({ leadId, version: 1, status: 'erased', head: commit.head });
    });

    it('is followed by entries that say only that something came', async () => {
      const late = prepareCommit(redact(await erasedLead(), [visit('e-2', 70), visit('e-3', 71)], 0));
      expect(await ledger.append(late)).toEqual(appended(late));
      expect(await stored()).toMatchObject({ version: 3, status: 'erased', head: late.head });
      expect((await timeline()).slice(-2)).toEqual(
        [visit('e-2', 70), visit('e-3', 71)].map((event, ordinal) => ({
          kind: 'erased',
          leadId,
          sk: entrySortKey(event),
          version: 3,
          ordinal,
          type: 'LeadActivityRecorded',
          source: 'test.producer',
        })),
      );
    });

    it('answers that such an entry is present, and of its content only what is left', async () => {
      const lead = await erasedLead();
      const late = prepareCommit(redact(lead, [visit('e-2', 70)], 0));
      await ledger.append(late);
      const left = { type: 'LeadActivityRecorded', source: 'test.producer' };
      const key = entrySortKey(visit('e-2', 70));
      expect(await ledger.find(leadId, [visit('e-2', 70)])).toEqual(new Map([[key, left]]));
      const again = prepareCommit(redact({ ...lead, ...storedAfter(late) }, [visit('e-2', 70)], 0));
      expect(await ledger.append(again)).toEqual({ kind: 'present', entries: new Map([[key, left]]) });
    });

    it('conflicts where another wrote since', async () => {
      const first = buildCommit(undefined, visit('e-1'));
      await ledger.append(first);
      await ledger.append(buildCommit(storedAfter(first), visit('e-2', 1)));
      const late = prepareCommit(erase({ leadId, before: storedAfter(first) }, erasure(), 0));
      expect(await ledger.append(late)).toEqual({ kind: 'conflict' });
      expect(await stored()).toMatchObject({ version: 2, stage: 'subscriber' });
    });
  });
};

import { beforeEach, describe, expect, it } from 'vitest';
import { type Commit, decideAll, type LeadState, type SignalEvent } from '../../shared/lead/index.ts';
import { contentOf, entrySortKey, type Ledger, mostEvents, stateItem } from '../../shared/ledger/index.ts';
import { eventOf } from '../support/events.ts';
import { successReady } from '../support/models.ts';

const model = successReady();
const dayMs = 86_400_000;
const dayAt = (day: number): string =>
  new Date(Date.parse('2025-01-01T00:00:00.000Z') + day * dayMs).toISOString();

/** What every ledger promises, whatever holds it. Each test has a lead of its own in one ledger. */
export const ledgerContract = (name: string, open: () => Promise<Ledger>): void => {
  let ledger: Ledger;
  let leadId = '';
  let count = 0;
  beforeEach(async () => {
    ledger = await open();
    leadId = `lead-${name.replace(/\W/g, '-')}-${++count}`;
  });

  const visit = (id: string, day = 0, properties: object | undefined = undefined): SignalEvent =>
    eventOf({
      type: 'LeadActivityRecorded',
      data: { leadId, activity: 'page_visited', ...(properties !== undefined && { properties }) },
      at: dayAt(day),
      id,
    });
  const visits = (howMany: number, from = 0): [SignalEvent, ...SignalEvent[]] => [
    visit(`e-${from}`, from),
    ...Array.from({ length: howMany - 1 }, (_, i) => visit(`e-${from + i + 1}`, from + i + 1)),
  ];
  const commitOf = (before: LeadState | undefined, ...events: [SignalEvent, ...SignalEvent[]]): Commit =>
    decideAll(model, before, events);
  const stored = async (): Promise<LeadState | undefined> => (await ledger.load([leadId])).get(leadId);
  const timeline = () => Array.fromAsync(ledger.timeline(leadId));
  const idsOf = async () => (await timeline()).map(({ event }) => event.metadata.eventId);
  const present = (...events: SignalEvent[]) => ({
    kind: 'present',
    entries: new Map(events.map((event) => [entrySortKey(event), contentOf(event)])),
  });

  describe(`${name}: a ledger`, () => {
    it('appends a commit and gives its state back as it was', async () => {
      const commit = commitOf(undefined, visit('e-1', 0, { page: '/é🙂', seconds: 0.1, first: true }));
      expect(await ledger.append(commit)).toEqual({ kind: 'appended' });
      expect(stateItem((await stored()) as LeadState)).toEqual(stateItem(commit.state));
    });

    it('keeps of each entry its event, what it decided and its place', async () => {
      const commit = commitOf(undefined, visit('e-1'), visit('e-2', 1));
      await ledger.append(commit);
      expect(await timeline()).toEqual(
        commit.entries.map(({ event, decided }, ordinal) => {
          const { dimensions: _dimensions, ...standing } = decided.standing;
          return {
            leadId,
            sk: entrySortKey(event),
            version: 1,
            ordinal,
            event,
            standing,
            actionChanged: decided.changes.length > 0 && decided.actionChanged,
            changes: decided.changes,
          };
        }),
      );
    });

    it('appends upon the version that was decided upon', async () => {
      const first = commitOf(undefined, visit('e-1'));
      await ledger.append(first);
      expect(await ledger.append(commitOf(first.state, visit('e-2', 1)))).toEqual({ kind: 'appended' });
      expect(await stored()).toMatchObject({ version: 2 });
    });

    it('loads the states of many leads, and leaves out those that it does not have', async () => {
      const others = Array.from({ length: 120 }, (_, i) => `${leadId}-${i}`);
      await ledger.append(commitOf(undefined, visit('e-1')));
      const last = others.at(-1) ?? '';
      await ledger.append(
        commitOf(undefined, eventOf({ type: 'LeadStageChanged', data: { leadId: last, stage: 'mql' } })),
      );
      expect([...(await ledger.load([leadId, ...others])).keys()].toSorted()).toEqual([leadId, last]);
    });

    it('loads nothing for no leads', async () => expect((await ledger.load([])).size).toBe(0));

    it('finds which events it has, with their content, and only those', async () => {
      const [first, second] = [visit('e-1'), visit('e-2')];
      await ledger.append(commitOf(undefined, first));
      expect(await ledger.find(leadId, [first, second])).toEqual(present(first).entries);
      expect((await ledger.find(`${leadId}-other`, [first])).size).toBe(0);
      expect((await ledger.find(leadId, [])).size).toBe(0);
    });

    it('finds among more events than one request takes', async () => {
      const events = visits(99);
      await ledger.append(commitOf(undefined, ...events));
      expect((await ledger.find(leadId, [...events, ...visits(99, 99)])).size).toBe(99);
    });
  });

  describe(`${name}: a commit that the ledger does not take`, () => {
    it('conflicts where the lead is new to the writer and is there already', async () => {
      await ledger.append(commitOf(undefined, visit('e-1')));
      expect(await ledger.append(commitOf(undefined, visit('e-2')))).toEqual({ kind: 'conflict' });
    });

    it('conflicts where another wrote since, and where the version is not yet reached', async () => {
      const first = commitOf(undefined, visit('e-1'));
      await ledger.append(first);
      const second = commitOf(first.state, visit('e-2'));
      await ledger.append(second);
      expect(await ledger.append(commitOf(first.state, visit('e-3')))).toEqual({ kind: 'conflict' });
      const ahead = { ...second.state, version: 7 };
      expect(await ledger.append(commitOf(ahead, visit('e-4')))).toEqual({ kind: 'conflict' });
    });

    it('names each entry that is present, with the content that is stored, also upon an old version', async () => {
      const [kept, also] = [visit('e-1', 0, { page: '/' }), visit('e-2')];
      const first = commitOf(undefined, kept, also);
      await ledger.append(first);
      const other = visit('e-1', 0, { page: '/other' });
      expect(await ledger.append(commitOf(first.state, visit('e-3'), other))).toEqual(present(kept));
      expect(await ledger.append(commitOf(undefined, kept, also))).toEqual(present(kept, also));
    });

    it('leaves no trace: neither its state nor any of its entries', async () => {
      const first = commitOf(undefined, visit('e-1'));
      await ledger.append(first);
      await ledger.append(commitOf(first.state, ...visits(50, 10), visit('e-1')));
      await ledger.append(commitOf(undefined, ...visits(50, 10)));
      expect(await idsOf()).toEqual(['e-1']);
      expect(stateItem((await stored()) as LeadState)).toEqual(stateItem(first.state));
    });

    it('tells events apart by id and instant together', async () => {
      const first = commitOf(undefined, visit('e-1', 0));
      await ledger.append(first);
      expect(await ledger.append(commitOf(first.state, visit('e-1', 1), visit('e-2', 0)))).toEqual({
        kind: 'appended',
      });
    });

    it('is of one lead only: the same event of another lead is another event', async () => {
      await ledger.append(commitOf(undefined, visit('e-1')));
      leadId = `${leadId}-other`;
      expect(await ledger.append(commitOf(undefined, visit('e-1')))).toEqual({ kind: 'appended' });
    });
  });

  describe(`${name}: the largest commit`, () => {
    it(`holds ${mostEvents} events, whole`, async () => {
      const commit = commitOf(undefined, ...visits(mostEvents));
      expect(await ledger.append(commit)).toEqual({ kind: 'appended' });
      expect(await idsOf()).toEqual(commit.entries.map(({ event }) => event.metadata.eventId));
    });

    it('is refused with one event more, whole', async () => {
      await expect(ledger.append(commitOf(undefined, ...visits(mostEvents + 1)))).rejects.toThrow();
      expect(await idsOf()).toEqual([]);
      expect(await stored()).toBeUndefined();
    });
  });

  describe(`${name}: writers at the same time`, () => {
    it('of different events upon one version: exactly one comes first, the others conflict', async () => {
      const first = commitOf(undefined, visit('e-0'));
      await ledger.append(first);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => ledger.append(commitOf(first.state, visit(`w-${i}`)))),
      );
      expect(answers.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === 'conflict')).toHaveLength(7);
      expect(await timeline()).toHaveLength(2);
      expect(await stored()).toMatchObject({ version: 2 });
    });

    it('of one event of a new lead: exactly one comes first, none of the others writes', async () => {
      const commit = commitOf(undefined, visit('e-1'));
      const kinds = (await Promise.all(Array.from({ length: 8 }, () => ledger.append(commit)))).map(
        ({ kind }) => kind,
      );
      expect(kinds.filter((kind) => kind === 'appended')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'present' || kind === 'conflict')).toHaveLength(7);
      expect(await idsOf()).toEqual(['e-1']);
    });

    it('of different leads do not meet', async () => {
      const commits = Array.from({ length: 8 }, (_, i) => {
        const event = {
          type: 'LeadStageChanged' as const,
          data: { leadId: `${leadId}-${i}`, stage: 'lead' },
        };
        return commitOf(undefined, eventOf(event));
      });
      const answers = await Promise.all(commits.map((commit) => ledger.append(commit)));
      expect(answers.every(({ kind }) => kind === 'appended')).toBe(true);
    });
  });

  describe(`${name}: a timeline`, () => {
    it('is in the order of what happened, not of what arrived; of one instant, by id', async () => {
      const first = commitOf(undefined, visit('e-3', 30), visit('e-1', 10));
      await ledger.append(first);
      await ledger.append(
        commitOf(first.state, visit('e-2b', 20), visit('~', 20), visit('e-2a', 20), visit('!', 5)),
      );
      expect(await idsOf()).toEqual(['!', 'e-1', 'e-2a', 'e-2b', '~', 'e-3']);
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
      let state: LeadState | undefined;
      for (let batch = 0; batch < 3; batch++) {
        const answered = (i: number) =>
          eventOf({
            type: 'LeadAnswersRecorded',
            data: { leadId, answers: { need: { value: 'critical', text } } },
            at: dayAt(batch * 60 + i),
            id: `a-${batch}-${i}`,
          });
        const commit: Commit = commitOf(
          state,
          answered(0),
          ...Array.from({ length: 59 }, (_, i) => answered(i + 1)),
        );
        expect(await ledger.append(commit)).toEqual({ kind: 'appended' });
        state = commit.state;
      }
      const ids = await idsOf();
      expect(ids).toHaveLength(180);
      expect([ids[0], ids[60], ids[179]]).toEqual(['a-0-0', 'a-1-0', 'a-2-59']);
    });

    it('of a lead that is not there is empty', async () => expect(await timeline()).toEqual([]));

    it('has nothing of a lead whose id begins the same', async () => {
      await ledger.append(commitOf(undefined, visit('e-1')));
      leadId = leadId.slice(0, -1);
      expect(await timeline()).toEqual([]);
    });
  });
};

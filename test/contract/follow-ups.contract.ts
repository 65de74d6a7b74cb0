import { beforeEach, describe, expect, it } from 'vitest';
import { type ActionEvent, outboundContracts, parseAction } from '../../events/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import type { DeadlineMove, FollowUps, HandoffVerdict, StartLimits } from '../../shared/follow-ups/index.ts';
import { buildPositionKey, unnamedVerdictId } from '../../shared/keys/index.ts';
import { buildRequest } from '../support/handoffs.ts';

/** Follow-ups, with access to the items that they store. */
export interface OpenFollowUps {
  readonly followUps: FollowUps;
  /** Returns all items about a lead, by sort key. */
  readonly readItems: (leadId: string) => Promise<Item[]>;
}

const request = buildRequest();
/** The clock of whoever writes: when the announcement's event occurred. */
const now = Date.parse('2026-03-01T09:00:00.000Z');
const none = { kind: 'none' } as const;
const nurture = (track: string) => ({ kind: 'nurture', track }) as const;
const handoff = { kind: 'handoff', queue: 'sales', dueHours: 24 } as const;

/** The contract of all follow-ups, whatever stores them. Each test has its own lead. */
export const followUpsContract = (name: string, open: () => Promise<OpenFollowUps>): void => {
  let followUps: FollowUps;
  let readItems: OpenFollowUps['readItems'];
  let leadId = '';
  let count = 0;
  beforeEach(async () => {
    ({ followUps, readItems } = await open());
    leadId = `followed-${name.replace(/\W/g, '-')}-${++count}`;
  });

  const announced = (
    version: number,
    action: object = handoff,
    more: { ordinal?: number; type?: 'LeadTierChanged' | 'LeadErased' } = {},
  ): ActionEvent => {
    const { type = 'LeadTierChanged', ordinal = 0 } = more;
    const { metadata, data } = outboundContracts[type].sampleEvent.detail;
    return parseAction({
      'detail-type': type,
      detail: { metadata, data: { ...data, leadId, version, ordinal, action } },
    });
  };
  const erased = (version: number) => announced(version, none, { type: 'LeadErased' });
  const verdict = (more: Partial<HandoffVerdict> = {}): HandoffVerdict => ({
    leadId,
    handoffId: 'h-1',
    status: 'accepted',
    answeredAt: '2026-03-02T10:00:00.000Z',
    actor: 'rep-1',
    ...more,
  });
  const itemAt = async (sk: string) => (await readItems(leadId)).find((item) => item.sk?.S === sk);
  const readStatus = async (handoffId = 'h-1') => (await itemAt(`HANDOFF#${handoffId}`))?.handoffStatus?.S;

  describe.each([
    ['without limits', undefined],
    ['within limits', { tracks: { other: { cooldownHours: 24 } }, tierCooldownHours: undefined }],
  ])(`${name}: the nurture track of a lead, %s`, (_limits, limits) => {
    const track = async () => (await itemAt('NURTURE'))?.track?.S;
    const follow = (event: ActionEvent) => followUps.followNurture(event, limits, now);

    it('is the one that is asked for, with the place in the history and the cause', async () => {
      expect(await follow(announced(7, nurture('a'), { ordinal: 2 }))).toBe('followed');
      expect(await itemAt('NURTURE')).toMatchObject({
        track: { S: 'a' },
        position: { S: '000000000007.002' },
        occurredAt: { S: '2026-03-01T09:00:00.000Z' },
        causationId: { S: 'sample-LeadTierChanged' },
        correlationId: { S: 'a-1' },
      });
    });

    it('is the one that the latest asks for, in whatever order they come', async () => {
      for (const version of [2, 10, 9]) await follow(announced(version, nurture(`t${version}`)));
      expect(await track()).toBe('t10');
    });

    it('is none where the latest asks for something else, and an older one does not bring it back', async () => {
      await follow(announced(1, nurture('a')));
      expect(await follow(announced(3, handoff))).toBe('followed');
      expect(await follow(announced(2, nurture('b')))).toBe('late');
      expect(await track()).toBeUndefined();
      expect(await itemAt('NURTURE')).toMatchObject({ position: { S: '000000000003.000' } });
    });

    it('goes by the place within a commit, too', async () => {
      await follow(announced(1, nurture('late'), { ordinal: 12 }));
      expect(await follow(announced(1, nurture('early'), { ordinal: 2 }))).toBe('late');
      expect(await track()).toBe('late');
    });

    it('stays as it is when an announcement comes again', async () => {
      await follow(announced(4, nurture('a')));
      const before = await itemAt('NURTURE');
      expect(await follow(announced(4, nurture('a')))).toBe('late');
      expect(await itemAt('NURTURE')).toEqual(before);
    });

    it('of an erased lead is none, at the place of the erasure', async () => {
      await follow(announced(4, nurture('a')));
      await follow(erased(5));
      expect(await follow(announced(4, nurture('b')))).toBe('late');
      expect(await itemAt('NURTURE')).toMatchObject({ position: { S: '000000000005.000' } });
      expect(await track()).toBeUndefined();
    });
  });

  describe(`${name}: a hand-off that is requested`, () => {
    it('is open, due, and tells how the lead stood', async () => {
      expect(await followUps.openHandoff(announced(1), request, now)).toBe('opened');
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({
        handoffStatus: { S: 'open' },
        queue: { S: 'sales' },
        dueAt: { S: '2026-03-02T09:00:00.000Z' },
        handoffStage: { S: 'mql' },
        handoffTier: { S: 'good' },
        handoffScore: { N: '61.5' },
        position: { S: '000000000001.000' },
      });
      expect(await itemAt('HANDOFF')).toMatchObject({ position: { S: '000000000001.000' } });
    });

    it('is present when it is requested again, and stays as it is', async () => {
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.openHandoff(announced(1), { ...request, queue: 'other' }, now)).toBe('present');
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({ queue: { S: 'sales' } });
    });

    it('is late, and not opened, after a later announcement was followed', async () => {
      await followUps.passHandoffs(announced(3, none));
      expect(await followUps.openHandoff(announced(2), request, now)).toBe('late');
      expect(await readStatus()).toBeUndefined();
    });

    describe('within the cooldown of its tier', () => {
      const calm: StartLimits = { tracks: {}, tierCooldownHours: 48 };
      const announcedAt = (version: number, occurredAt: string, tier = 'good'): ActionEvent => {
        const { metadata, data, ...event } = announced(version);
        return { ...event, metadata: { ...metadata, occurredAt }, data: { ...data, tier } } as ActionEvent;
      };
      const day = (number: number) => `2026-03-0${number}T09:00:00.000Z`;
      const open = (version: number, occurredAt: string, tier?: string) =>
        followUps.openHandoff(
          announcedAt(version, occurredAt, tier),
          { ...request, handoffId: `h-${version}` },
          Date.parse(occurredAt),
          calm,
        );
      const begin = async (handoffId: string) => {
        const waiting = (await followUps.readDeadlines(leadId)).waiting.find(
          (one) => one.handoffId === handoffId,
        );
        if (waiting === undefined) throw new Error(`${handoffId} does not wait`);
        return () =>
          followUps.beginHandoff(
            waiting,
            { queue: 'sales', hours: 24, startedAt: day(3), clock: { dueAt: day(4) } },
            Date.parse(day(3)),
          );
      };

      it('waits in the index, without a deadline, until it may be requested', async () => {
        expect(await open(1, day(1))).toBe('opened');
        await followUps.withdrawEarlier(announced(2, none));
        expect(await open(3, day(2))).toBe('waiting');
        const item = await itemAt('HANDOFF#h-3');
        expect(item).toMatchObject({ handoffStatus: { S: 'waiting' }, dueAt: { S: day(3) } });
        expect(item?.dueKey?.S).toMatch(/^2026-03-03T09#/);
        expect(item).not.toHaveProperty('deadline');
        expect(await followUps.readDeadlines(leadId)).toMatchObject({
          handoffs: [],
          waiting: [{ handoffId: 'h-3', queue: 'sales', hours: 24, dueAt: day(3) }],
        });
        expect(await open(3, day(2))).toBe('present');
      });

      it.each([
        ['at another tier', day(2), 'excellent'],
        ['when the cooldown is over', day(3), 'good'],
      ])('is requested at once %s', async (_, at, tier) => {
        await open(1, day(1));
        expect(await open(3, at, tier)).toBe('opened');
      });

      it('counts from the last request, whatever became of it, but not from one that only waited', async () => {
        await open(1, day(1));
        await followUps.noteVerdict(verdict({ status: 'rejected' }));
        expect(await open(3, day(2))).toBe('waiting');
        await followUps.passHandoffs(announced(4, none));
        await followUps.withdrawEarlier(announced(4, none));
        expect(await readStatus('h-3')).toBe('withdrawn');
        expect(await open(5, day(4))).toBe('opened');
        expect(await open(6, day(5))).toBe('waiting');
        expect((await itemAt('HANDOFF#h-6'))?.dueAt?.S).toBe(day(6));
      });

      it('begins once, and occurs at its due instant, from which the next cooldown counts', async () => {
        await open(1, day(1));
        await open(3, day(2));
        const beginIt = await begin('h-3');
        expect([await beginIt(), await beginIt()]).toEqual([true, false]);
        expect(await itemAt('HANDOFF#h-3')).toMatchObject({
          ...{ handoffStatus: { S: 'open' }, occurredAt: { S: day(3) }, dueAt: { S: day(4) } },
          ...{ deadline: { N: '1' }, position: { S: '000000000003.000' } },
        });
        expect(await open(5, day(4))).toBe('waiting');
        expect((await itemAt('HANDOFF#h-5'))?.dueAt?.S).toBe(day(5));
      });

      it.each<[string, () => Promise<unknown>]>([
        ['a later announcement was followed', () => followUps.passHandoffs(announced(4, none))],
        ['it was withdrawn', () => followUps.withdrawEarlier(announced(4, none))],
        ['another one waits in its place', () => open(5, day(2))],
        ['it was answered', () => followUps.noteVerdict(verdict({ handoffId: 'h-3' }))],
        ['its lead is erased', () => followUps.eraseHandoffs(erased(4))],
      ])('does not begin if %s', async (_, happen) => {
        await open(1, day(1));
        await open(3, day(2));
        const beginIt = await begin('h-3');
        await happen();
        expect(await beginIt()).toBe(false);
        expect(await readStatus('h-3')).not.toBe('open');
      });

      it('leaves the index when it is withdrawn, answered or erased', async () => {
        await open(1, day(1));
        for (const [version, end] of [
          [3, () => followUps.withdrawEarlier(announced(4, none))],
          [5, () => followUps.noteVerdict(verdict({ handoffId: 'h-5' }))],
          [7, () => followUps.eraseHandoffs(erased(8))],
        ] as const) {
          expect(await open(version, day(2))).toBe('waiting');
          await end();
          expect(await itemAt(`HANDOFF#h-${version}`)).not.toHaveProperty('dueKey');
        }
      });

      it('is answered only by a verdict that names it: nobody else has heard of it', async () => {
        await open(1, day(1));
        await followUps.noteVerdict(verdict());
        await open(3, day(2));
        await followUps.noteVerdict(verdict({ handoffId: 'crm-7', answeredAt: day(3) }));
        expect(await readStatus('h-3')).toBe('waiting');
        await followUps.withdrawEarlier(announcedAt(4, day(4)));
        await followUps.noteVerdict(verdict({ handoffId: 'crm-8', answeredAt: day(4) }));
        expect(await readStatus('h-3')).toBe('withdrawn');
      });

      it('is requested at most once in the time, whatever comes at once', async () => {
        await open(1, day(1));
        await open(3, day(2));
        const beginIt = await begin('h-3');
        const [begun, ...opened] = await Promise.all([beginIt(), open(5, day(3)), open(6, day(3))]);
        const requested = [begun, ...opened.map((one) => one === 'opened')].filter(Boolean);
        expect(requested).toHaveLength(1);
      });
    });

    it('is late where it is present but a later announcement was followed', async () => {
      await followUps.openHandoff(announced(1), request, now);
      await followUps.passHandoffs(announced(3, none));
      expect(await followUps.openHandoff(announced(1), request, now)).toBe('late');
    });

    it('is not opened after its verdict', async () => {
      await followUps.noteVerdict(verdict({ status: 'rejected' }));
      expect(await followUps.openHandoff(announced(1), request, now)).toBe('present');
      expect(await readStatus()).toBe('rejected');
      expect(await itemAt('HANDOFF')).toMatchObject({ position: { S: '000000000001.000' } });
    });
  });

  describe(`${name}: following hand-offs`, () => {
    it('goes forward only, and again from where it stands', async () => {
      expect(await followUps.passHandoffs(announced(2, none))).toBe(true);
      expect(await followUps.passHandoffs(announced(2, none))).toBe(true);
      expect(await followUps.passHandoffs(announced(1, none))).toBe(false);
    });

    it('withdraws what earlier announcements opened, and only that', async () => {
      for (const version of [1, 2, 3]) {
        await followUps.openHandoff(announced(version), { ...request, handoffId: `h-${version}` }, now);
      }
      await followUps.noteVerdict(verdict({ handoffId: 'h-1' }));
      expect(await followUps.withdrawEarlier(announced(3))).toEqual({ withdrawn: 1, moved: false });
      expect([await readStatus('h-1'), await readStatus('h-2'), await readStatus('h-3')]).toEqual([
        'accepted',
        'withdrawn',
        'open',
      ]);
      expect(await followUps.withdrawEarlier(announced(3))).toEqual({ withdrawn: 0, moved: false });
    });

    it('withdraws none of another lead whose id begins the same', async () => {
      await followUps.openHandoff(announced(1), request, now);
      const id = leadId;
      leadId = id.slice(0, -1);
      expect(await followUps.withdrawEarlier(announced(9, none))).toEqual({ withdrawn: 0, moved: false });
      leadId = id;
      expect(await readStatus()).toBe('open');
    });
  });

  describe(`${name}: a verdict`, () => {
    it('is noted on the hand-off that was requested', async () => {
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.noteVerdict(verdict({ reason: 'fits' }))).toBe('noted');
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({
        handoffStatus: { S: 'accepted' },
        answeredAt: { S: '2026-03-02T10:00:00.000Z' },
        actor: { S: 'rep-1' },
        reason: { S: 'fits' },
        queue: { S: 'sales' },
      });
    });

    it('is noted on one that nobody requested here', async () => {
      expect(await followUps.noteVerdict(verdict({ handoffId: 'crm-ho-1042' }))).toBe('noted');
      expect(await readStatus('crm-ho-1042')).toBe('accepted');
    });

    it('counts as the earliest, in whatever order they come, with the reason that it has', async () => {
      const rejected = verdict({
        status: 'rejected',
        answeredAt: '2026-03-03T10:00:00.000Z',
        reason: 'No project',
      });
      await followUps.noteVerdict(rejected);
      expect(await followUps.noteVerdict(verdict({ answeredAt: '2026-03-04T10:00:00.000Z' }))).toBe('late');
      expect(await readStatus()).toBe('rejected');
      expect(await followUps.noteVerdict(verdict())).toBe('noted');
      expect(await readStatus()).toBe('accepted');
      expect(await itemAt('HANDOFF#h-1')).not.toHaveProperty('reason');
    });

    it('changes nothing when it comes again', async () => {
      await followUps.noteVerdict(verdict());
      const before = await readItems(leadId);
      expect(await followUps.noteVerdict(verdict())).toBe('late');
      expect(await readItems(leadId)).toEqual(before);
    });

    it('of one instant is the acceptance, in whatever order they come', async () => {
      for (const [handoffId, order] of [
        ['h-1', ['accepted', 'rejected']],
        ['h-2', ['rejected', 'accepted']],
      ] as const) {
        for (const status of order) await followUps.noteVerdict(verdict({ handoffId, status }));
        expect(await readStatus(handoffId)).toBe('accepted');
      }
    });
  });

  describe(`${name}: a verdict that doesn't name the open hand-off`, () => {
    // The announcement's event occurred on 2026-03-01 at 9:00, and the verdict is given a day later.
    const foreign = (more: Partial<HandoffVerdict> = {}) =>
      verdict({ handoffId: 'crm-ho-7', status: 'rejected', reason: 'No budget', ...more });
    const unnamed = (more: Partial<HandoffVerdict> = {}) =>
      verdict({
        handoffId: unnamedVerdictId({ occurredAt: '2026-03-02T10:00:00.000Z', eventId: 'v-1' }),
        ...more,
      });
    /** Returns the announcement of what a verdict changed: it has the instant of the verdict. */
    const afterwards = (version: number): ActionEvent => {
      const { metadata, ...event } = announced(version, none);
      return {
        ...event,
        metadata: { ...metadata, occurredAt: '2026-03-02T10:00:00.000Z' },
      } as ActionEvent;
    };

    it('answers it elsewhere if it has the id of another system', async () => {
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.noteVerdict(foreign())).toBe('noted');
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({
        handoffStatus: { S: 'answered-elsewhere' },
        verdict: { S: 'rejected' },
        answeredAs: { S: 'crm-ho-7' },
        answeredAt: { S: '2026-03-02T10:00:00.000Z' },
        actor: { S: 'rep-1' },
        reason: { S: 'No budget' },
        queue: { S: 'sales' },
      });
      expect(await readStatus('crm-ho-7')).toBe('rejected');
      expect(await followUps.withdrawEarlier(afterwards(2))).toEqual({ withdrawn: 0, moved: false });
      expect(await readStatus()).toBe('answered-elsewhere');
    });

    it('answers it if it names none', async () => {
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.noteVerdict(unnamed())).toBe('noted');
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({
        handoffStatus: { S: 'accepted' },
        answeredAt: { S: '2026-03-02T10:00:00.000Z' },
        actor: { S: 'rep-1' },
      });
      expect(await itemAt('HANDOFF#h-1')).not.toHaveProperty('verdict');
    });

    it.each([
      ['elsewhere', foreign, 'answered-elsewhere'],
      ['without an id', unnamed, 'accepted'],
    ])('answers it also after its withdrawal by what the verdict changed: %s', async (_, make, status) => {
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.withdrawEarlier(afterwards(2))).toEqual({ withdrawn: 1, moved: false });
      await followUps.noteVerdict(make());
      expect(await readStatus()).toBe(status);
      expect(await itemAt('HANDOFF#h-1')).not.toHaveProperty('withdrawnAt');
    });

    it.each([
      ['elsewhere', foreign, 'answered-elsewhere'],
      ['without an id', unnamed, 'accepted'],
    ])('answers it also if it comes before its request: %s', async (_, make, status) => {
      await followUps.noteVerdict(make());
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.withdrawEarlier(afterwards(2))).toEqual({ withdrawn: 0, moved: false });
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({
        handoffStatus: { S: status },
        actor: { S: 'rep-1' },
      });
    });

    it('leaves one that was withdrawn at another instant', async () => {
      await followUps.openHandoff(announced(1), request, now);
      await followUps.withdrawEarlier(announced(2, none));
      await followUps.noteVerdict(foreign());
      expect(await readStatus()).toBe('withdrawn');
    });

    it('leaves one that was requested at that instant or later, such as what follows from the verdict', async () => {
      await followUps.openHandoff(announced(1), request, now);
      for (const answeredAt of ['2026-03-01T09:00:00.000Z', '2026-02-01T09:00:00.000Z'])
        await followUps.noteVerdict(foreign({ handoffId: `crm-${answeredAt}`, answeredAt }));
      await followUps.noteVerdict(unnamed({ answeredAt: '2026-03-01T09:00:00.000Z' }));
      expect(await readStatus()).toBe('open');
    });

    it('answers none when it comes again, not even with another instant', async () => {
      await followUps.noteVerdict(foreign({ answeredAt: '2026-02-01T09:00:00.000Z' }));
      await followUps.openHandoff(announced(1), request, now);
      expect(await followUps.noteVerdict(foreign())).toBe('late');
      expect(await readStatus()).toBe('open');
    });

    it('answers the last one that was open', async () => {
      await followUps.openHandoff(announced(1), request, now);
      await followUps.openHandoff(announced(2), { ...request, handoffId: 'h-2' }, now);
      await followUps.noteVerdict(unnamed());
      expect([await readStatus('h-1'), await readStatus('h-2')]).toEqual(['open', 'accepted']);
    });

    it('gives way to one that names it, early or late', async () => {
      const named = verdict({ status: 'accepted', answeredAt: '2026-03-05T10:00:00.000Z' });
      for (const [version, order] of [
        [1, [foreign(), named]],
        [2, [{ ...named, handoffId: 'h-2' }, foreign({ handoffId: 'crm-ho-8' })]],
      ] as const) {
        await followUps.openHandoff(announced(version), { ...request, handoffId: `h-${version}` }, now);
        for (const given of order) await followUps.noteVerdict(given);
        const item = await itemAt(`HANDOFF#h-${version}`);
        expect(item).toMatchObject({
          handoffStatus: { S: 'accepted' },
          answeredAt: { S: '2026-03-05T10:00:00.000Z' },
        });
        expect(item).not.toHaveProperty('answeredAs');
        expect(item).not.toHaveProperty('verdict');
      }
    });

    it('answers none if it is on a hand-off of Sluice whose request is still to come', async () => {
      const own = `h-${'0123456789abcdef'.repeat(2).slice(0, 24)}`;
      await followUps.openHandoff(announced(1), request, now);
      await followUps.noteVerdict(verdict({ handoffId: own }));
      expect([await readStatus(own), await readStatus()]).toEqual(['accepted', 'open']);
      expect(await followUps.openHandoff(announced(2), { ...request, handoffId: own }, now)).toBe('present');
      expect(await readStatus(own)).toBe('accepted');
    });

    it('answers one after the other if several come at once', async () => {
      await followUps.openHandoff(announced(1), request, now);
      await Promise.all([
        followUps.noteVerdict(foreign()),
        followUps.noteVerdict(foreign({ handoffId: 'crm-ho-8', answeredAt: '2026-03-02T11:00:00.000Z' })),
        followUps.withdrawEarlier(afterwards(2)),
      ]);
      expect([await readStatus(), await readStatus('crm-ho-7'), await readStatus('crm-ho-8')]).toEqual([
        'answered-elsewhere',
        'rejected',
        'rejected',
      ]);
    });
  });

  const move = (version: number, effect: DeadlineMove['effect'], at = '2026-03-01T12:00:00.000Z') => ({
    position: buildPositionKey({ version, ordinal: 0 }),
    effect,
    at,
  });

  describe(`${name}: the deadline of a hand-off`, () => {
    const readOpen = async () => {
      const [handoff] = (await followUps.readDeadlines(leadId)).handoffs;
      if (handoff === undefined) throw new Error('no hand-off has a deadline');
      return handoff;
    };
    const missed = { queue: 'sales', dueAt: '2026-03-02T09:00:00.000Z', followedBy: 'pass' } as const;
    const next = { ...buildRequest({ dueAt: '2026-03-02T13:00:00.000Z', hours: 4 }), queue: 'backup' };

    it('is read as it was requested', async () => {
      await followUps.openHandoff(announced(1), request, now);
      expect(await readOpen()).toEqual({
        ...request,
        leadId,
        position: '000000000001.000',
        firstQueue: 'sales',
        deadline: 1,
        missed: [],
      });
    });

    it('is moved, and stands still outside of the index, if nothing has changed meanwhile', async () => {
      await followUps.openHandoff(announced(1), request, now);
      const before = await readOpen();
      const paused = { pausedAt: '2026-03-01T12:00:00.000Z', leftMs: 5 };
      expect(await followUps.moveDeadline(before, paused, now)).toBe(true);
      expect(await followUps.moveDeadline(before, { dueAt: missed.dueAt }, now)).toBe(false);
      expect(await itemAt('HANDOFF#h-1')).not.toHaveProperty('dueKey');
      const standing = await readOpen();
      expect(standing.clock).toEqual(paused);
      expect(await followUps.moveDeadline(standing, { dueAt: '2026-03-03T09:00:00.000Z' }, now)).toBe(true);
      expect(await followUps.moveDeadline(standing, { dueAt: missed.dueAt }, now)).toBe(false);
      expect((await itemAt('HANDOFF#h-1'))?.dueKey?.S).toMatch(/^2026-03-03T09#/);
    });

    it('is missed once, and the next one follows', async () => {
      await followUps.openHandoff(announced(1), request, now);
      const first = await readOpen();
      expect(await followUps.missDeadline(first, { missed, next }, now)).toBe(true);
      expect(await followUps.missDeadline(first, { missed, next }, now)).toBe(false);
      expect(await readOpen()).toMatchObject({
        ...{ queue: 'backup', firstQueue: 'sales', deadline: 2, hours: 4, startedAt: next.startedAt },
        ...{ clock: next.clock, missed: [missed] },
      });
    });

    it('is followed by none if there is no other one, and an answered hand-off misses none', async () => {
      await followUps.openHandoff(announced(1), request, now);
      const first = await readOpen();
      await followUps.missDeadline(first, { missed, escalatedTo: 'head' }, now);
      expect(await itemAt('HANDOFF#h-1')).toMatchObject({
        handoffStatus: { S: 'open' },
        escalatedTo: { S: 'head' },
      });
      expect(await followUps.readDeadlines(leadId)).toEqual({ handoffs: [], waiting: [], moves: [] });
      await followUps.openHandoff(announced(2), { ...request, handoffId: 'h-2' }, now);
      const second = await readOpen();
      await followUps.noteVerdict(verdict({ handoffId: 'h-2' }));
      expect(await followUps.missDeadline(second, { missed }, now)).toBe(false);
    });

    it('knows the moves since the last announcement, in the order of their instants, once each', async () => {
      expect(await followUps.noteMove(leadId, move(4, 'resumed', '2026-03-01T13:00:00.000Z'))).toBe('noted');
      expect(await followUps.noteMove(leadId, move(5, 'paused'))).toBe('noted');
      expect(await followUps.noteMove(leadId, move(5, 'paused'))).toBe('late');
      const effects = async () => (await followUps.readDeadlines(leadId)).moves.map(({ effect }) => effect);
      expect(await effects()).toEqual(['paused', 'resumed']);
      await followUps.openHandoff(announced(4), request, now);
      expect(await followUps.withdrawEarlier(announced(4))).toEqual({ withdrawn: 0, moved: true });
      expect(await followUps.noteMove(leadId, move(3, 'reset'))).toBe('late');
      expect(await followUps.noteMove(leadId, move(6, 'reset'))).toBe('noted');
      expect(await effects()).toEqual(['paused', 'reset']);
    });

    it('knows both of two moves that come at the same time', async () => {
      await followUps.openHandoff(announced(1), request, now);
      await Promise.all([2, 3, 4].map((version) => followUps.noteMove(leadId, move(version, 'reset'))));
      expect((await followUps.readDeadlines(leadId)).moves).toHaveLength(3);
    });

    it('knows the latest fifty moves', async () => {
      for (let version = 1; version <= 52; version++)
        await followUps.noteMove(leadId, move(version, 'reset', new Date(now + version).toISOString()));
      const { moves } = await followUps.readDeadlines(leadId);
      expect(moves.map(({ position }) => Number(position))).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 3),
      );
    });

    it('is moved no more once the lead is erased', async () => {
      await followUps.openHandoff(announced(1), request, now);
      await followUps.eraseHandoffs(erased(2));
      const before = await readItems(leadId);
      expect(await followUps.noteMove(leadId, move(9, 'paused'))).toBe('erased');
      expect(await readItems(leadId)).toEqual(before);
    });
  });

  describe(`${name}: the hand-offs of an erased lead`, () => {
    const erase = async () => {
      const brief = { reasons: [], attributes: { name: 'Jane Doe' } };
      await followUps.openHandoff(announced(1), { ...request, brief }, now);
      await followUps.noteVerdict(verdict({ handoffId: 'crm-1', reason: 'knows Jane Doe' }));
      await followUps.openHandoff(announced(1), { ...request, handoffId: 'h-2' }, now);
      await followUps.noteMove(leadId, move(2, 'paused'));
      const [second] = (await followUps.readDeadlines(leadId)).handoffs;
      if (second) await followUps.moveDeadline(second, { pausedAt: request.startedAt, leftMs: 5 }, now);
      expect(await itemAt('HANDOFF#h-2')).toHaveProperty('leftMs');
      expect(await itemAt('HANDOFF#h-1')).toHaveProperty('reason', { S: 'knows Jane Doe' });
      expect(await itemAt('HANDOFF#h-1')).toHaveProperty('handoffBrief', { S: JSON.stringify(brief) });
      return followUps.eraseHandoffs(erased(2));
    };

    it('keep nothing personal', async () => {
      expect(await erase()).toBe(3);
      for (const item of await readItems(leadId)) {
        expect(item.handoffStatus).toEqual({ S: 'erased' });
        for (const name of [
          'actor',
          'reason',
          'verdict',
          'answeredAs',
          'handoffStage',
          'handoffTier',
          'handoffScore',
          'handoffBrief',
          'correlationId',
          'escalatedTo',
          'pausedAt',
          'leftMs',
          'dueKey',
          'deadlineMoves',
        ])
          expect(item).not.toHaveProperty(name);
      }
    });

    it('stay as they are when the erasure comes again', async () => {
      await erase();
      const before = await readItems(leadId);
      expect(await followUps.eraseHandoffs(erased(2))).toBe(0);
      expect(await readItems(leadId)).toEqual(before);
    });

    it('stay at the later of two erasures, whichever comes last', async () => {
      await erase();
      await followUps.eraseHandoffs(erased(7));
      const before = await readItems(leadId);
      expect(before.map(({ position }) => position?.S)).toContain('000000000007.000');
      await followUps.eraseHandoffs(erased(2));
      expect(await readItems(leadId)).toEqual(before);
    });

    it('take no more verdicts', async () => {
      await erase();
      const late = verdict({ answeredAt: '2026-04-01T00:00:00.000Z' });
      expect(await followUps.noteVerdict(late)).toBe('erased');
      expect(await followUps.noteVerdict({ ...late, handoffId: 'h-new' })).toBe('erased');
      expect(await readStatus()).toBe('erased');
      expect(await readStatus('h-new')).toBeUndefined();
    });

    it('are opened and followed by nothing more, early or late', async () => {
      await erase();
      const before = await readItems(leadId);
      for (const version of [1, 9]) {
        expect(await followUps.openHandoff(announced(version), { ...request, handoffId: 'h-9' }, now)).toBe(
          'late',
        );
        expect(await followUps.passHandoffs(announced(version, none))).toBe(false);
      }
      expect(await readItems(leadId)).toEqual(before);
    });

    it('are erased also where a later announcement was followed', async () => {
      await followUps.openHandoff(announced(9), request, now);
      expect(await followUps.eraseHandoffs(erased(2))).toBe(1);
      expect(await readStatus()).toBe('erased');
    });
  });
};

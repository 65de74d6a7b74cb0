import { beforeEach, describe, expect, it } from 'vitest';
import { type ActionEvent, outboundContracts, parseAction, type Tier } from '../../events/index.ts';
import type { StartLimits } from '../../shared/follow-ups/index.ts';
import type { OpenFollowUps } from './follow-ups.contract.ts';

/** Returns an instant of 1 March, by its hour; hour 24 is midnight of the next day. */
const hour = (hours: number): number => Date.parse('2026-03-01T00:00:00.000Z') + hours * 3_600_000;
const instant = (hours: number): string => new Date(hour(hours)).toISOString();

const limits: StartLimits = {
  tracks: { calm: { cooldownHours: 24 }, rare: { mostStarts: 2 } },
};

/** The contract of nurture within limits, whatever stores it. Each test has its own lead. */
export const nurtureContract = (name: string, open: () => Promise<OpenFollowUps>): void => {
  let opened: OpenFollowUps;
  let leadId = '';
  let version = 0;
  let count = 0;
  beforeEach(async () => {
    opened = await open();
    version = 0;
    leadId = `nurtured-${name.replace(/\W/g, '-')}-${++count}`;
  });

  const announced = (at: number, track: string | undefined, tier: Tier = 'good'): ActionEvent => {
    const { metadata, data } = outboundContracts.LeadTierChanged.sampleEvent.detail;
    const action = track === undefined ? { kind: 'none' } : { kind: 'nurture', track };
    return parseAction({
      'detail-type': 'LeadTierChanged',
      detail: {
        metadata: { ...metadata, occurredAt: instant(at) },
        data: { ...data, leadId, version: ++version, tier, action },
      },
    });
  };
  const follow = (at: number, track?: string, given: StartLimits | undefined = limits, tier?: Tier) =>
    opened.followUps.followNurture(announced(at, track, tier), given, hour(at));
  const begin = (at: number, now = at) => opened.followUps.beginNurture(leadId, hour(at), hour(now));
  const item = async () => (await opened.readItems(leadId)).find(({ sk }) => sk?.S === 'NURTURE') ?? {};

  /** Has the lead leave the track `calm` at 10, and come back at 12: it may begin again at 34. */
  const comeBack = async () => {
    await follow(2, 'calm');
    await follow(10);
    return follow(12, 'calm');
  };

  describe(`${name}: a track that the lead left a short time ago`, () => {
    it('waits, and is due when its cooldown is over', async () => {
      expect(await comeBack()).toBe('waiting');
      expect(await item()).toMatchObject({
        waitingTrack: { S: 'calm' },
        dueAt: { S: instant(34) },
        dueKey: { S: expect.stringMatching(/^2026-03-02T10#\d$/) },
        position: { S: '000000000003.000' },
      });
      expect(await item()).not.toHaveProperty('track');
    });

    it('begins at its due instant, also if the message comes late, and leaves the index', async () => {
      await comeBack();
      expect(await begin(50)).toBe(true);
      const begun = await item();
      expect(begun).toMatchObject({
        track: { S: 'calm' },
        trackStartedAt: { S: instant(34) },
        occurredAt: { S: instant(12) },
      });
      for (const attribute of ['waitingTrack', 'dueAt', 'dueKey'])
        expect(begun).not.toHaveProperty(attribute);
    });

    it('does not begin before, nor twice', async () => {
      await comeBack();
      expect(await begin(33)).toBe(false);
      expect(await begin(34)).toBe(true);
      const before = await item();
      expect(await begin(34)).toBe(false);
      expect(await item()).toEqual(before);
    });

    it('does not begin if the lead leaves or is asked for elsewhere meanwhile', async () => {
      await comeBack();
      expect(await follow(20)).toBe('followed');
      expect(await begin(34)).toBe(false);
      const stopped = await item();
      for (const attribute of ['track', 'waitingTrack', 'dueAt', 'dueKey'])
        expect(stopped).not.toHaveProperty(attribute);
    });

    it('is written for the hour of the clock if it was due before', async () => {
      await follow(2, 'calm');
      await follow(10);
      await opened.followUps.followNurture(announced(12, 'calm'), limits, hour(60));
      expect(await item()).toMatchObject({
        dueAt: { S: instant(34) },
        dueKey: { S: expect.stringMatching(/^2026-03-03T12#/) },
      });
    });

    it('has begun when it was due, if the next announcement comes before the message', async () => {
      await comeBack();
      expect(await follow(40)).toBe('followed');
      expect(await follow(41, 'calm')).toBe('waiting');
      expect(await item()).toMatchObject({ dueAt: { S: instant(64) } });
    });

    it('goes on waiting, for the same instant, when it is asked for again', async () => {
      await comeBack();
      expect(await follow(20, 'calm')).toBe('waiting');
      expect(await item()).toMatchObject({ dueAt: { S: instant(34) }, occurredAt: { S: instant(20) } });
    });

    it('begins at once under a model without limits, which forgets the past', async () => {
      await comeBack();
      expect(await opened.followUps.followNurture(announced(20, 'calm'), undefined, hour(20))).toBe(
        'followed',
      );
      const begun = await item();
      expect(begun).toMatchObject({ track: { S: 'calm' } });
      for (const attribute of ['waitingTrack', 'dueAt', 'dueKey', 'startHistory'])
        expect(begun).not.toHaveProperty(attribute);
    });
  });

  describe(`${name}: a track that the lead has begun as often as it may`, () => {
    const beginTwice = async () => {
      for (const at of [1, 3]) {
        await follow(at, 'rare');
        await follow(at + 1);
      }
    };

    it('does not begin again, and is noted', async () => {
      await beginTwice();
      expect(await follow(5, 'rare')).toBe('refused');
      const refused = await item();
      expect(refused).toMatchObject({ refusedTrack: { S: 'rare' } });
      for (const attribute of ['track', 'waitingTrack', 'dueAt', 'dueKey'])
        expect(refused).not.toHaveProperty(attribute);
    });

    it('ends the one before all the same, and gives way to another', async () => {
      await beginTwice();
      await follow(6, 'calm');
      await follow(7, 'rare');
      expect(await item()).not.toHaveProperty('track');
      expect(await follow(40, 'other')).toBe('followed');
      expect(await item()).not.toHaveProperty('refusedTrack');
    });

    it('counts as begun once if it ran before there were limits', async () => {
      await follow(1, 'rare', { tracks: {} });
      await follow(2);
      expect(await follow(3, 'rare')).toBe('followed');
      await follow(4);
      expect(await follow(5, 'rare')).toBe('refused');
    });
  });

  describe(`${name}: a tier at which a track has begun`, () => {
    const calmTiers: StartLimits = { tracks: {}, tierCooldownHours: 10 };

    it('lets no other begin within its cooldown, but one at another tier', async () => {
      expect(await follow(1, 'a', calmTiers, 'good')).toBe('followed');
      expect(await follow(2, 'b', calmTiers, 'good')).toBe('waiting');
      expect(await item()).toMatchObject({ waitingTrack: { S: 'b' }, dueAt: { S: instant(11) } });
      expect(await follow(3, 'b', calmTiers, 'risky')).toBe('followed');
      expect(await follow(4, 'a', calmTiers, 'good')).toBe('waiting');
      await begin(11);
      expect(await follow(12, 'b', calmTiers, 'good')).toBe('waiting');
      expect(await item()).toMatchObject({ dueAt: { S: instant(21) } });
    });
  });

  describe(`${name}: the nurture of a lead that is closed`, () => {
    it('is none, and nothing of its past is left', async () => {
      await comeBack();
      const { metadata, data } = outboundContracts.LeadErased.sampleEvent.detail;
      const erased = parseAction({
        'detail-type': 'LeadErased',
        detail: { metadata, data: { ...data, leadId, version: 9 } },
      });
      expect(await opened.followUps.followNurture(erased, undefined, hour(13))).toBe('followed');
      expect(Object.keys(await item()).toSorted()).toEqual([
        'causationId',
        'correlationId',
        'occurredAt',
        'pk',
        'position',
        'sk',
      ]);
      expect(await begin(34)).toBe(false);
    });
  });

  describe(`${name}: announcements that are followed at the same time`, () => {
    it('lead to what the last of them asks for', async () => {
      const tracks = ['calm', undefined, 'rare', 'calm', undefined, 'rare'];
      const events = tracks.map((track, i) => announced(i, track));
      await Promise.all(
        events.toReversed().map((event) => opened.followUps.followNurture(event, limits, hour(9))),
      );
      expect(await item()).toMatchObject({ track: { S: 'rare' }, position: { S: '000000000006.000' } });
    });
  });
};

import { beforeEach, describe, expect, it } from 'vitest';
import type { Rejection } from '../../events/index.ts';
import {
  computeQuarantineId,
  type Quarantine,
  type QuarantineAdmin,
  type QuarantineFilter,
  type QuarantinePosition,
  type QuarantineRedactor,
  quarantineDays,
  type StepTaken,
} from '../../shared/quarantine/index.ts';
import { buildEntry } from '../support/events.ts';

export type WholeQuarantine = Quarantine & QuarantineRedactor & QuarantineAdmin;

const because = (given: string, code: Rejection['code'] = 'malformed'): Rejection => ({
  code,
  problems: [{ path: 'detail.data.stage', given, allowed: 'subscriber, lead' }],
});
const onDay = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;
const by = { actor: 'erase-lead', at: onDay(20) };

/** The contract of every quarantine. Each test has its own leads in one quarantine. */
export const quarantineContract = (name: string, open: () => Promise<WholeQuarantine>): void => {
  let quarantine: WholeQuarantine;
  let leadId = '';
  let count = 0;
  beforeEach(async () => {
    quarantine = await open();
    leadId = `q-${name.replace(/\W/g, '-')}-${++count}`;
  });

  const buildBody = (id: string, stage = 'prospect', more: object = {}): string =>
    JSON.stringify({ ...buildEntry({ type: 'LeadStageChanged', data: { leadId, stage }, id }), ...more });
  const store = async (body: string, day = 1, rejection = because('"prospect"')): Promise<string> => {
    await quarantine.store({ body, rejection, origin: 'events', receivedAt: onDay(day) });
    return computeQuarantineId(body);
  };
  const listed = (filter: QuarantineFilter = {}) =>
    Array.fromAsync(quarantine.list({ leadId, ...filter }), ({ id }) => id);
  const step = (kind: StepTaken['step'], more: Partial<StepTaken> = {}): StepTaken => ({
    step: kind,
    actor: 'ann',
    at: onDay(10),
    times: 1,
    ...more,
  });

  describe(`${name}: a quarantine`, () => {
    it('is read page by page, each event once, of a lead and of all', async () => {
      const stored: string[] = [];
      for (let n = 0; n < 5; n++) stored.push(await store(buildBody(`p-${n}`)));
      await quarantine.note(stored[0] ?? '', step('corrected', { corrected: buildBody('p-0', 'mql') }));
      for (const filter of [{ leadId }, {}, { leadId, status: 'open' as const }]) {
        const found: string[] = [];
        for (let after: QuarantinePosition | undefined, pages = 0; pages < 1_000; pages++) {
          const props = { filter, limit: 2, after, itemsRead: 7, characters: 9 };
          const { events, next } = await quarantine.readPage(props);
          expect(events.length).toBeLessThanOrEqual(2);
          for (const { id, beginning = '{"source"' } of events) {
            found.push(id);
            expect(beginning).toHaveLength(9);
          }
          if (next === undefined) break;
          after = next;
        }
        const expected = 'status' in filter ? stored.slice(1) : stored;
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((id) => stored.includes(id)).sort()).toEqual(expected.toSorted());
      }
    });

    it('keeps an event whole, with its reason and what can be read of it', async () => {
      const body = buildBody('e-1');
      const id = await store(body);
      expect(await quarantine.read(id)).toEqual({
        id,
        status: 'open',
        code: 'malformed',
        reasons: ['detail.data.stage: given "prospect"; allowed: subscriber, lead'],
        times: 1,
        receivedAt: onDay(1),
        lastReceivedAt: onDay(1),
        expiresAt: new Date(Date.parse(onDay(1)) + quarantineDays * 86_400_000).toISOString(),
        origin: 'events',
        leadId,
        type: 'LeadStageChanged',
        source: 'test.producer',
        eventId: 'e-1',
        bytes: Buffer.byteLength(body),
        body,
        steps: [],
      });
    });

    it('keeps a megabyte whole', async () => {
      const body = `not json ${leadId} ${'é🙂'.repeat(180_000)}!`;
      const id = await store(body);
      const record = await quarantine.read(id);
      expect(record?.bytes).toBeGreaterThan(1_048_576);
      expect(record?.body === body).toBe(true);
    });

    it('keeps an empty text, and fields that are no Unicode', async () => {
      expect(await quarantine.read(await store(''))).toMatchObject({ body: '', bytes: 0 });
      const id = await store(JSON.stringify({ source: '\ud800', detail: { data: { leadId: 'a\udc00' } } }));
      expect(await quarantine.read(id)).toMatchObject({ source: '\ufffd', leadId: 'a\ufffd' });
    });

    it('counts another delivery: the first text, when and where it came first, and why the last time', async () => {
      const body = buildBody('e-1');
      const id = await store(body);
      const again = {
        body: buildBody('e-1', 'prospect', { id: 'other' }),
        rejection: because('5', 'too-large'),
      };
      await quarantine.store({ ...again, origin: 'a.jsonl:3', receivedAt: onDay(2) });
      expect(await quarantine.read(id)).toMatchObject({
        times: 2,
        body,
        origin: 'events',
        receivedAt: onDay(1),
        lastReceivedAt: onDay(2),
        code: 'too-large',
        reasons: ['detail.data.stage: given 5; allowed: subscriber, lead'],
        expiresAt: new Date(Date.parse(onDay(2)) + quarantineDays * 86_400_000).toISOString(),
      });
      expect(await listed()).toEqual([id]);
    });

    it('never mixes the texts of two deliveries in different envelopes that come at once', async () => {
      const long = { note: 'x'.repeat(700_000) };
      const bodies = ['a', 'b', 'c'].map((id) =>
        buildBody('e-1', 'prospect', { id: id.repeat(400), ...long }),
      );
      await Promise.all(bodies.map((body) => store(body)));
      const record = await quarantine.read(computeQuarantineId(bodies[0] ?? ''));
      expect(record?.times).toBe(3);
      expect(bodies.includes(record?.body ?? '')).toBe(true);
    });

    it('has nothing of what it was not given', async () => {
      expect(await quarantine.read('0'.repeat(32))).toBeUndefined();
      expect(await quarantine.note('0'.repeat(32), step('replayed'))).toBe('gone');
      expect(await quarantine.read('0'.repeat(32))).toBeUndefined();
    });
  });

  describe(`${name}: a list of the quarantine`, () => {
    it('is by lead, code, source, status and the last time that it came', async () => {
      const [early, late] = [
        await store(buildBody('e-1')),
        await store(buildBody('e-2'), 3, because('5', 'too-large')),
      ];
      const other = await store(buildBody('e-3', 'prospect', { source: 'crm' }), 2);
      await quarantine.note(other, step('discarded'));
      const sorted = async (filter: QuarantineFilter) => (await listed(filter)).toSorted();
      expect(await sorted({})).toEqual([early, late, other].toSorted());
      expect(await sorted({ code: 'too-large' })).toEqual([late]);
      expect(await sorted({ source: 'crm' })).toEqual([other]);
      expect(await sorted({ status: 'discarded' })).toEqual([other]);
      expect(await sorted({ status: 'open' })).toEqual([early, late].toSorted());
      expect(await sorted({ since: onDay(2) })).toEqual([late, other].toSorted());
      expect(await sorted({ leadId: `${leadId}-other` })).toEqual([]);
    });

    it('is of all leads without one, also of what names none', async () => {
      const ids = [await store(buildBody('e-1')), await store(`not json ${leadId}`)];
      const all = await Array.fromAsync(quarantine.list({}), ({ id }) => id);
      expect(all).toEqual(expect.arrayContaining(ids));
      expect(new Set(all).size).toBe(all.length);
    });

    it('finds ids by what they begin with', async () => {
      const id = await store(buildBody('e-1'));
      expect(await quarantine.find(id.slice(0, 12), 2)).toEqual([id]);
      expect(await quarantine.find(id, 2)).toEqual([id]);
      expect(await quarantine.find('zz', 2)).toEqual([]);
      await store(buildBody('e-2'));
      expect(await quarantine.find('', 1)).toHaveLength(1);
    });
  });

  describe(`${name}: a step`, () => {
    it('is noted with who took it and when, in order, and changes the status', async () => {
      const id = await store(buildBody('e-1'));
      expect(await quarantine.note(id, step('discarded', { note: 'a test' }))).toBe('noted');
      expect(await quarantine.note(id, step('replayed', { at: onDay(11), actor: 'bob' }))).toBe('noted');
      expect(await quarantine.read(id)).toMatchObject({
        status: 'replayed',
        steps: [
          { step: 'discarded', actor: 'ann', at: onDay(10), note: 'a test' },
          { step: 'replayed', actor: 'bob', at: onDay(11) },
        ],
      });
    });

    it('names the event that was replayed in the place of the one that came', async () => {
      const [body, corrected] = [buildBody('e-1'), buildBody('e-1', 'mql')];
      const id = await store(body);
      await quarantine.note(id, step('corrected', { corrected }));
      expect(await quarantine.read(id)).toMatchObject({
        status: 'replayed',
        body,
        steps: [{ step: 'corrected', corrected: { id: computeQuarantineId(corrected), text: corrected } }],
      });
    });

    it.each(['replayed', 'discarded'] as const)(
      'opens again what comes again after it was %s',
      async (kind) => {
        const id = await store(buildBody('e-1'));
        await quarantine.note(id, step(kind));
        await store(buildBody('e-1'), 12);
        expect(await quarantine.read(id)).toMatchObject({
          status: 'open',
          times: 2,
          steps: [{ step: kind }],
        });
      },
    );

    it('leaves open what has come again while it was taken, and is noted all the same', async () => {
      const id = await store(buildBody('e-1'));
      await store(buildBody('e-1'), 2);
      expect(await quarantine.note(id, step('replayed', { times: 1 }))).toBe('came-again');
      expect(await quarantine.read(id)).toMatchObject({ status: 'open', steps: [{ step: 'replayed' }] });
    });

    it('is kept apart from another of the same instant', async () => {
      const id = await store(buildBody('e-1'));
      await quarantine.note(id, step('replayed'));
      await quarantine.note(id, step('replayed'));
      expect((await quarantine.read(id))?.steps).toHaveLength(2);
    });
  });

  describe(`${name}: I10: an erasure`, () => {
    it('takes all that is of the lead, and keeps code, counts and times', async () => {
      const id = await store(buildBody('e-1'));
      await quarantine.note(id, step('corrected', { note: 'asked Ann', corrected: buildBody('e-1', 'mql') }));
      expect(await quarantine.redactLead(leadId, by)).toBe(1);
      const record = await quarantine.read(id);
      expect(record).toEqual({
        id,
        status: 'erased',
        code: 'malformed',
        reasons: [],
        times: 1,
        receivedAt: onDay(1),
        lastReceivedAt: onDay(1),
        expiresAt: expect.any(String),
        steps: [
          { step: 'corrected', actor: 'ann', at: onDay(10), corrected: { id: expect.any(String) } },
          { step: 'erased', ...by },
        ],
      });
      expect(await listed()).toEqual([]);
    });

    it('lets nothing be put back in', async () => {
      const id = await store(buildBody('e-1'));
      await quarantine.redactLead(leadId, by);
      const before = await quarantine.read(id);
      expect(await quarantine.note(id, step('corrected', { corrected: buildBody('e-1', 'mql') }))).toBe(
        'gone',
      );
      expect(await quarantine.read(id)).toEqual(before);
    });

    it('takes every event of the lead, and none of another', async () => {
      const long = { note: 'x'.repeat(700_000) };
      const mine = [await store(buildBody('e-1')), await store(buildBody('e-2', 'prospect', long))];
      const body = JSON.stringify(
        buildEntry({ type: 'LeadStageChanged', data: { leadId: `${leadId}-b`, stage: 5 } }),
      );
      const other = await store(body);
      expect(await quarantine.redactLead(leadId, by)).toBe(2);
      for (const id of mine) expect(await quarantine.read(id)).not.toHaveProperty('body');
      expect(await quarantine.read(other)).toMatchObject({ status: 'open', body });
    });

    it('finds what was corrected to be of the lead', async () => {
      const corrected = buildBody('e-1', 'mql');
      const body = corrected.replace(leadId, 'mistyped id');
      const id = await store(body);
      await quarantine.note(id, step('corrected', { corrected }));
      expect(await quarantine.redactLead(leadId, by)).toBe(1);
      const record = await quarantine.read(id);
      expect(record).toMatchObject({ status: 'erased' });
      expect(JSON.stringify(record)).not.toContain('mql');
      expect(JSON.stringify(record)).not.toContain('mistyped');
    });

    it('is noted once, however often it is done', async () => {
      const id = await store(buildBody('e-1'));
      await quarantine.redactLead(leadId, by);
      await quarantine.redactLead(leadId, by);
      await quarantine.redact(id, by);
      expect((await quarantine.read(id))?.steps).toEqual([{ step: 'erased', ...by }]);
    });

    it('of one event is done at once, and does nothing where there is none', async () => {
      const id = await store(buildBody('e-1'));
      await quarantine.redact(id, { actor: 'score-leads', at: onDay(2) });
      expect(await quarantine.read(id)).toMatchObject({
        status: 'erased',
        steps: [{ step: 'redacted', actor: 'score-leads', at: onDay(2) }],
      });
      expect(await quarantine.read(id)).not.toHaveProperty('body');
      await quarantine.redact('0'.repeat(32), by);
      expect(await quarantine.read('0'.repeat(32))).toBeUndefined();
    });

    it('leaves an open merge with an erased lead its ids, by which somebody may decide about the other', async () => {
      const other = `${leadId}-other`;
      const data = { leadId, mergedLeadId: other };
      const { detail, ...envelope } = buildEntry({ type: 'LeadsMerged', data, id: 'e-1' });
      const metadata = { ...detail.metadata, correlationId: 'visit-of-ann' };
      const body = JSON.stringify({ ...envelope, detail: { ...detail, metadata }, resources: ['ann'] });
      const id = await store(body, 1, because(JSON.stringify(leadId), 'merge-with-erased'));
      await quarantine.redactLead(leadId, by);
      const record = await quarantine.read(id);
      expect(record).toEqual({
        id,
        status: 'open',
        code: 'merge-with-erased',
        reasons: [`detail.data.stage: given ${JSON.stringify(leadId)}; allowed: subscriber, lead`],
        times: 1,
        receivedAt: onDay(1),
        lastReceivedAt: onDay(1),
        expiresAt: expect.any(String),
        leadId,
        mergedLeadId: other,
        type: 'LeadsMerged',
        source: 'test.producer',
        eventId: 'e-1',
        steps: [{ step: 'erased', ...by }],
      });
      await quarantine.note(id, step('discarded', { note: 'asked Ann' }));
      // Whoever decides answers for it, with a reason: the other lead is still there.
      expect(await quarantine.read(id)).toMatchObject({
        status: 'discarded',
        mergedLeadId: other,
        steps: expect.arrayContaining([expect.objectContaining({ step: 'discarded', note: 'asked Ann' })]),
      });
      await quarantine.redactLead(leadId, by);
      const later = await quarantine.read(id);
      expect(later).toMatchObject({ status: 'erased' });
      expect(JSON.stringify(later)).not.toMatch(new RegExp(`Ann|${leadId}`));
    });

    it('counts what comes late, and can take it again', async () => {
      const id = await store(buildBody('e-1'));
      await quarantine.redactLead(leadId, by);
      await store(buildBody('e-1'), 25);
      expect(await quarantine.read(id)).toMatchObject({ status: 'open', times: 2, body: buildBody('e-1') });
      await quarantine.redact(id, by);
      const record = await quarantine.read(id);
      expect(record).toMatchObject({ status: 'erased', times: 2 });
      expect(JSON.stringify(record)).not.toContain(leadId);
    });
  });
};

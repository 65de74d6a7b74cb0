import { describe, expect, it } from 'vitest';
import { judgePast } from '../../../cli/as-of/past.ts';
import { timeWords } from '../../../cli/as-of/words.ts';
import { asOfRecord } from '../../../shared/as-of/records.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { handoffKey, nurtureKey } from '../../../shared/keys/index.ts';
import { deliver } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { fadingDocument } from '../../support/fading-model.ts';
import { compileDocument } from '../../support/models.ts';
import { createTimedStack, demo, instant, twoDemos } from '../../support/timed-stack.ts';

describe('a lead as of now', () => {
  it('has what time has made of it since its last event, and what comes next', async () => {
    const { read } = await twoDemos('03-20T09:30');
    const lead = await read('l-1');
    expect(lead).toMatchObject({ tense: 'present', state: { tier: 'good', score: 71 } });
    expect(timeWords(lead)).toEqual([
      'As of 2026-03-20 09:30 UTC.',
      'By itself since its latest event, not announced yet: it falls to good on 16 March 2026, 10:00 UTC.',
      'Falls to risky on 5 April 2026, 10:00 UTC, if nothing happens; its next action is then nurture on track "nurture".',
    ]);
    expect(asOfRecord(lead)).toMatchObject({
      asOf: '2026-03-20T09:30:00.000Z',
      next: {
        at: '2026-04-05T10:00:00.000Z',
        what: ['tier', 'action'],
        tier: 'risky',
        action: { kind: 'nurture', track: 'nurture' },
      },
      meanwhile: [{ at: '2026-03-16T10:00:00.000Z', what: ['tier'], tier: 'good' }],
    });
  });

  it('says so if nothing changes by itself', async () => {
    const { send, entry, read } = createTimedStack('03-20T09:30');
    await send(
      entry('03-01T09:00', 'LeadProfileUpdated', { leadId: 'l-1', attributes: { seniority: 'executive' } }),
    );
    const lead = await read('l-1');
    expect(timeWords(lead)).toEqual(['As of 2026-03-20 09:30 UTC.', 'Nothing changes by itself.']);
    expect(asOfRecord(lead)).toEqual({ asOf: '2026-03-20T09:30:00.000Z', next: null });
  });

  it('stands at its latest event if the clock is behind that', async () => {
    const { read } = await twoDemos('03-11T08:58');
    const lead = await read('l-1');
    expect(lead).toMatchObject({ at: instant('03-11T09:00'), tense: 'present', state: { score: 80 } });
  });

  it('says that its history is being loaded, and when it is settled', async () => {
    const { send, entry, read } = createTimedStack('06-01T00:00');
    await send(entry('03-01T09:00', 'LeadActivityRecorded', demo(), true));
    const lead = await read('l-1');
    expect(timeWords(lead)[2]).toBe(
      'Its history is being loaded; how it stands by it is announced on 1 June 2026, 00:15 UTC, if no more of it comes.',
    );
    expect(asOfRecord(lead).next).toEqual({ at: '2026-06-01T00:15:00.000Z', what: ['settled'] });
    expect((await read('l-1', '06-01T00:16')).next).toEqual([]);
  });

  it('has the deadline of its open hand-off, and the nurture track for which it waits', async () => {
    const { read, stores } = await twoDemos();
    const handoff = { handoffStatus: S('open'), queue: S('sales'), dueAt: S('2026-03-12T09:00:00.000Z') };
    stores.ledger.put({ ...texts(handoffKey('l-1', 'h-1')), ...handoff });
    stores.ledger.put({ ...texts(handoffKey('l-1', 'h-0')), ...handoff, handoffStatus: S('accepted') });
    expect(timeWords(await read('l-1')).slice(1, 2)).toEqual([
      'Its hand-off to queue "sales" is to be answered by 12 March 2026, 09:00 UTC.',
    ]);
    expect((await read('l-1', '03-13T09:00')).next).toMatchObject([{ kind: 'change' }]);
    const missed = { ...handoff, dueAt: S('2026-03-01T09:30:00.000Z') };
    stores.ledger.put({ ...texts(handoffKey('l-1', 'h-1')), ...missed });
    const late = await read('l-1');
    expect(timeWords(late)[1]).toBe(
      'Its hand-off to queue "sales" was to be answered by 1 March 2026, 09:30 UTC, and still waits.',
    );
    expect(asOfRecord(late).next).toMatchObject({ what: ['tier'] });
    stores.ledger.put({
      ...texts(nurtureKey('l-1')),
      waitingTrack: S('slow'),
      dueAt: S('2026-05-01T09:00:00.000Z'),
    });
    expect(timeWords(await read('l-1', '04-20T00:00')).at(-2)).toBe(
      'It waits for nurture on track "slow", which begins on 1 May 2026, 09:00 UTC.',
    );
  });

  it('is erased if nothing is heard of it for as long as the model retains leads', async () => {
    const document = fadingDocument();
    const policy = { ...document.policy, retainMonths: 1 };
    const { send, entry, read } = createTimedStack('03-20T00:00', compileDocument({ ...document, policy }));
    await send(entry('03-01T09:00', 'LeadActivityRecorded', demo()));
    const lead = await read('l-1', '03-27T00:00');
    expect(timeWords(lead).at(-1)).toMatch(/^Is erased on 1 April 2026, 09:00 UTC, if nothing is heard/);
    await expect(read('l-1', '04-01T09:00')).rejects.toMatchObject({ code: 'ERASED_BY_THEN' });
  });
});

const texts = ({ pk, sk }: { pk: string; sk: string }) => ({ pk: S(pk), sk: S(sk) });

describe('a lead as of a later instant', () => {
  it('has the changes on the way, and the next one after it', async () => {
    const { read } = await twoDemos();
    const lead = await read('l-1', '04-06T00:00');
    expect(lead).toMatchObject({ tense: 'future', state: { tier: 'risky', action: { kind: 'nurture' } } });
    expect(timeWords(lead)).toEqual([
      'As of 2026-04-06 00:00 UTC, if nothing happens until then.',
      'By itself until then: it falls to good on 16 March 2026, 10:00 UTC; falls to risky on 5 April 2026, 10:00 UTC.',
      'Falls to no tier on 10 May 2026, 10:00 UTC, if nothing happens.',
    ]);
  });

  it('has a change at the very instant', async () => {
    const { read } = await twoDemos();
    expect((await read('l-1', '03-16T09:59')).state.tier).toBe('excellent');
    expect((await read('l-1', '03-16T10:00')).state.tier).toBe('good');
  });
});

describe('a lead as of an earlier instant', () => {
  it('stands as it did between two events, and at each of them', async () => {
    const { read } = await twoDemos();
    const between = await read('l-1', '03-09T09:00');
    expect(between).toMatchObject({ tense: 'past', state: { tier: 'good', score: 72, version: 2 } });
    expect(timeWords(between)).toEqual([
      'As of 2026-03-09 09:00 UTC, by what had happened until then.',
      'Falls to risky on 26 March 2026, 10:00 UTC, if nothing happens; its next action is then nurture on track "nurture".',
    ]);
    expect((await read('l-1', '03-01T09:00')).state).toMatchObject({ tier: 'excellent', score: 80 });
    expect((await read('l-1', '03-11T08:59')).state).toMatchObject({ tier: 'good', version: 2 });
    expect((await read('l-1', '03-11T09:00')).state).toMatchObject({ tier: 'excellent', version: 3 });
  });

  it("wasn't known before its first event", async () => {
    const { read } = await twoDemos();
    await expect(read('l-1', '03-01T08:59')).rejects.toMatchObject({
      code: 'NOT_KNOWN_THEN',
      message:
        "lead l-1 wasn't known on 1 March 2026, 08:59 UTC: the first that was heard of it is of 1 March 2026, 09:00 UTC",
    });
    await expect(read('l-9', '03-01T08:59')).rejects.toMatchObject({ code: 'NO_SUCH_LEAD' });
  });

  it('counts what came in later and had happened by then', async () => {
    const { read, send, entry } = await twoDemos();
    await send(entry('03-05T09:00', 'LeadActivityRecorded', demo()));
    expect((await read('l-1', '03-09T09:00')).state).toMatchObject({ score: 76 });
  });

  it('is judged by the model of that day, which must be stored', async () => {
    const { read, judgingBy, stores } = await twoDemos();
    const document = fadingDocument();
    const tiers = { excellent: 60, good: 50, risky: 25, hysteresis: 5 };
    const at = '2026-03-11T10:00:00.000Z';
    await deliver(
      judgingBy(compileDocument({ ...document, version: '2', tiers })),
      buildEntry({ type: 'LeadActivityRecorded', data: demo(), at, id: 'later' }),
    );
    expect((await read('l-1')).model.version).toBe('fading@2');
    expect((await read('l-1', '03-09T09:00')).state).toMatchObject({
      modelVersion: 'fading@1',
      tier: 'good',
      score: 72,
    });
    const entries = await Array.fromAsync(stores.ledger.timeline('l-1'));
    const find = async () => undefined;
    expect(await judgePast(entries, instant('03-09T09:00'), { find })).toEqual({
      kind: 'unjudged',
      modelVersion: 'fading@1',
    });
  });

  it('is itself until it was merged, and the other lead since', async () => {
    const { read, send, entry } = await twoDemos();
    await send(
      entry('03-02T09:00', 'LeadActivityRecorded', demo('l-2')),
      entry('03-10T09:00', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }),
    );
    expect((await read('l-2', '03-09T09:00')).state).toMatchObject({ leadId: 'l-2', score: 73 });
    expect((await read('l-2', '03-10T09:00')).state).toMatchObject({ leadId: 'l-1' });
    expect((await read('l-2')).state).toMatchObject({ leadId: 'l-1' });
  });

  it('is gone with its erasure', async () => {
    const { read, send, entry } = await twoDemos();
    await send(entry('03-11T10:00', 'LeadErasureRequested', { leadId: 'l-1' }));
    for (const at of [undefined, '03-09T09:00', '04-09T09:00']) {
      await expect(read('l-1', at)).rejects.toMatchObject({ code: 'LEAD_ERASED' });
    }
  });
});

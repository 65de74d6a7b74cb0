import { describe, expect, it } from 'vitest';
import { outboundContracts, showProblem } from '../../../events/index.ts';
import { readBatch } from '../../../functions/score-leads/deliveries.ts';
import { buildBatch, buildMessage } from '../../support/deliveries.ts';
import { buildEntry, now } from '../../support/events.ts';
import { buildWakeUp, fallsAt } from '../../support/fading.ts';

const visit = (leadId: string, id = 'e-1') =>
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity: 'page_visited' }, id });

describe('reading a batch', () => {
  it('sorts messages by lead, in the order of the batch', () => {
    const { byLead, rejected } = readBatch(
      buildBatch(visit('l-1', 'e-1'), visit('l-2', 'e-2'), visit('l-1', 'e-3'), visit('constructor', 'e-4')),
      now,
    );
    expect([...byLead].map(([leadId, list]) => [leadId, list.map(({ messageId }) => messageId)])).toEqual([
      ['l-1', ['m-0', 'm-2']],
      ['l-2', ['m-1']],
      ['constructor', ['m-3']],
    ]);
    expect(rejected).toEqual([]);
  });

  it('recognises a message that was delivered before', () => {
    const Records = [buildMessage(visit('l-1', 'e-1'), 'a', 1), buildMessage(visit('l-1', 'e-2'), 'b', 2)];
    const [first, second] = readBatch({ Records }, now).byLead.get('l-1') ?? [];
    expect([first?.again, second?.again]).toEqual([false, true]);
  });

  it('recognises an event from an archive', () => {
    const batch = buildBatch({ ...visit('l-1'), 'replay-name': 'replay-2026' });
    expect(readBatch(batch, now).byLead.get('l-1')).toMatchObject([{ again: true }]);
  });

  it('has the text of each message as it was received, for the quarantine', () => {
    const body = `  ${JSON.stringify(visit('l 1'))}\n`;
    expect(readBatch(buildBatch(body), now).rejected).toMatchObject([{ body, messageId: 'm-0' }]);
  });

  it('has the JSON of each message, and null for a text that is none', () => {
    const { byLead, rejected } = readBatch(buildBatch(visit('l-1'), visit('l 1'), 'hello'), now);
    expect(byLead.get('l-1')?.map(({ entry }) => entry)).toEqual([visit('l-1')]);
    expect(rejected.map(({ entry }) => entry)).toEqual([visit('l 1'), null]);
  });

  it.each([
    ['text that is not JSON', 'hello', 'not-json'],
    ['an empty text', '', 'not-json'],
    ['null', 'null', 'malformed'],
    ['a number', '42', 'malformed'],
    ['an unknown type', JSON.stringify({ 'detail-type': 'LeadForgotten' }), 'unknown-type'],
    ['a type that is no text', JSON.stringify({ 'detail-type': 5 }), 'unknown-type'],
    ['a malformed event', JSON.stringify(visit('l 1')), 'malformed'],
  ])('rejects %s', (_what, body, code) => {
    expect(readBatch(buildBatch(body), now)).toMatchObject({
      byLead: new Map(),
      rejected: [{ messageId: 'm-0', body, rejection: { code } }],
    });
  });

  it.each([
    ['LeadsMerged', { mergedLeadId: 'l-2' }],
    ['LeadErasureRequested', {}],
    ['LeadRescoreRequested', { modelVersion: 'small@1' }],
  ] as const)('takes %s in for the lead that it names, though it is no signal', (type, data) => {
    const { byLead, rejected } = readBatch(buildBatch(buildEntry({ type, data })), now);
    expect(byLead.get('l-1')).toMatchObject([{ event: { type, data: { leadId: 'l-1', ...data } } }]);
    expect(rejected).toEqual([]);
  });

  it('rejects a lead that is merged into itself', () => {
    const entry = buildEntry({ type: 'LeadsMerged', data: { mergedLeadId: 'l-1' } });
    const [merge] = readBatch(buildBatch(entry), now).rejected;
    expect(merge?.rejection.code).toBe('malformed');
    expect(merge?.rejection.problems.map(showProblem)).toEqual([
      'detail.data.mergedLeadId: given "l-1"; allowed: another id than leadId: a lead is not merged into itself',
    ]);
  });

  it.each([
    ['LeadClockAdvanced', buildWakeUp('l 1', fallsAt), 'detail.data.leadId'],
    ['HandoffDue', { ...buildWakeUp('l-1', fallsAt), 'detail-type': 'HandoffDue' }, 'detail.data.handoffId'],
    [
      'HandoffExpired',
      { ...buildWakeUp('l-1', fallsAt), 'detail-type': 'HandoffExpired' },
      'detail.data.version',
    ],
  ])('rejects a %s of Sluice that breaks its contract, and no other message', (_type, broken, path) => {
    const { byLead, rejected } = readBatch(buildBatch(visit('l-1'), broken, visit('l-2')), now);
    expect([...byLead.keys()]).toEqual(['l-1', 'l-2']);
    expect(rejected).toMatchObject([{ messageId: 'm-1', entry: broken, rejection: { code: 'malformed' } }]);
    expect(rejected[0]?.rejection.problems.map((problem) => problem.path)).toContain(path);
  });

  it('recognises an expiry from an archive, as any event', () => {
    const expiry = { ...outboundContracts.HandoffExpired.sampleEvent, 'replay-name': 'replay-2026' };
    expect(readBatch(buildBatch(expiry), now).byLead.get('l-1')).toMatchObject([
      { again: true, event: { type: 'HandoffExpired' } },
    ]);
  });

  it('reads nothing from an empty batch', () => {
    expect(readBatch({ Records: [] }, now)).toEqual({ byLead: new Map(), rejected: [] });
  });
});

import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it, vi } from 'vitest';
import { replayEvents } from '../../../cli/quarantine/replay-events.ts';
import type { QuarantineAdmin, QuarantineRecord } from '../../../shared/quarantine/index.ts';
import { buildEntry } from '../../support/events.ts';

const eventBridge = mockClient(EventBridgeClient);
eventBridge.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
  if (Entries.some(({ DetailType }) => DetailType === 'LeadsMerged'))
    throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  return { Entries: Entries.map(() => ({ EventId: 'x' })) };
});

const buildQuarantineRecord = (id: string, event: object): QuarantineRecord =>
  ({ id, status: 'open', code: 'unknown-type', body: JSON.stringify(event), times: 1 }) as QuarantineRecord;

async function* records(): AsyncGenerator<QuarantineRecord> {
  const merge = { leadId: 'l-1', mergedLeadId: 'l-2' };
  yield buildQuarantineRecord('merge', buildEntry({ type: 'LeadsMerged', data: merge, id: 'e-1' }));
  yield buildQuarantineRecord(
    'stage',
    buildEntry({ type: 'LeadStageChanged', data: { stage: 'mql' }, id: 'e-2' }),
  );
}

const connection = {
  bus: new EventBridgeClient({ region: 'eu-central-1' }),
  busName: 'leads',
  now: () => Date.parse('2026-03-01T09:00:00Z'),
};

describe('replaying quarantined events', () => {
  it('replays and notes those after one that the caller may not put, which stays open', async () => {
    const noted: string[] = [];
    const admin: Pick<QuarantineAdmin, 'note'> = {
      note: async (id) => {
        noted.push(id);
        return 'noted';
      },
    };
    const props = { connection, admin, actor: 'ann', force: true, dryRun: false };
    expect(await replayEvents(props, records())).toEqual({ replayed: 1, refused: 1 });
    expect(noted).toEqual(['stage']);
  });

  it.each([
    ['conflicting-content', 'give it an id of its own with --event (--force replays it anyway)'],
    ['merge-with-erased', '--erase LEAD_ID requests the erasure of the other'],
    ['merge-cycle', 'in the other direction (--force replays it anyway)'],
  ])('says what to do about one that was rejected as %s', async (code, fix) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const event = buildEntry({ type: 'LeadStageChanged', data: { stage: 'mql' } });
    const given = { ...buildQuarantineRecord('an-id', event), code };
    const admin = { note: async () => 'noted' as const };
    const props = { connection, admin, actor: 'ann', force: false, dryRun: false };
    const replayed = await replayEvents(
      props,
      (async function* () {
        yield given;
      })(),
    );
    const said = write.mock.calls.map(([text]) => String(text)).join('');
    write.mockRestore();
    expect(replayed).toEqual({ replayed: 0, refused: 1 });
    expect(said.replace(/\s+/g, ' ')).toContain(fix);
  });
});

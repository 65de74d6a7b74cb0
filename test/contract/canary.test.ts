import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../events/index.ts';
import { eraseLead } from '../../functions/erase-lead/erase-lead.ts';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import { buildCanaryEvents } from '../../functions/send-canary/send-canary.ts';
import type { Change } from '../../infra/local/engine/memory/database.ts';
import { measureItem } from '../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { isEntrySortKey } from '../../shared/keys/index.ts';
import { createDynamoDbEraser, createDynamoDbLedger } from '../../shared/ledger/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { buildBatch, failedIds } from '../support/deliveries.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { successReady } from '../support/models.ts';
import { indexes } from '../support/tables.ts';

const minuteMs = 60_000;
const midnight = Date.parse('2026-03-01T00:00:00.000Z');
const runsADay = 288;

describe('a day of the canary', () => {
  it('ends erased, and leaves less than 100 KB in the table for good', async () => {
    const changes: Change[] = [];
    const client = memoryClient({
      tables: indexes,
      onChange: (change) => changes.push(change),
    });
    const quarantine = createDynamoDbQuarantine(client, 'quarantine');
    let now = midnight;
    const clock = { now: () => now };
    const score = scoreLeads({
      ledger: createDynamoDbLedger({ client, table: 'leads' }),
      quarantine,
      model: successReady(),
      ensureModelStored: async () => {},
      wait: async () => {},
      ...clock,
    });
    for (let run = 0; run <= runsADay; run++) {
      now = midnight + run * 5 * minuteMs;
      expect(failedIds(await score(buildBatch(...buildCanaryEvents(now))))).toEqual([]);
    }
    const erased: BusEvent[] = changes
      .flatMap(({ after }) =>
        after !== undefined && isEntrySortKey(after.sk?.S ?? '') ? leadAnnouncements(after, undefined) : [],
      )
      .filter((entry) => entry['detail-type'] === 'LeadErased');
    const erase = eraseLead({
      ledger: createDynamoDbEraser({ client, table: 'leads' }),
      quarantine,
      followUps: createDynamoDbFollowUps(client, 'leads'),
      ...clock,
    });
    expect(failedIds(await erase(buildBatch(...erased)))).toEqual([]);
    const left = client.memory.items('leads').filter(({ pk }) => pk?.S === 'LEAD#sluice.canary.2026-03-01');
    expect(left.filter(({ sk }) => isEntrySortKey(sk?.S ?? '')).length).toBe(runsADay + 1);
    expect(left.find(({ sk }) => sk?.S === 'STATE')).toMatchObject({ status: { S: 'erased' } });
    const bytes = left.reduce((sum, item) => sum + measureItem(item), 0);
    expect(bytes).toBeLessThan(100_000);
    expect(client.memory.items('quarantine')).toEqual([]);
  });
});

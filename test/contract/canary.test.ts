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
import {
  createActiveModels,
  createFixedModels,
  createModelRegistry,
} from '../../shared/model-store/index.ts';
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
      models: createFixedModels(successReady()),
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

describe('the canary', () => {
  it('is judged and announced across an activation and a rollback, by the model that is active', async () => {
    const announced: BusEvent[] = [];
    const client = memoryClient({
      tables: indexes,
      onChange: ({ table, after }) => {
        if (table === 'leads' && after !== undefined && isEntrySortKey(after.sk?.S ?? ''))
          announced.push(...leadAnnouncements(after, undefined));
      },
    });
    let now = midnight + 60 * minuteMs;
    const clock = { now: () => now };
    const props = { client, table: 'leads', ...clock };
    const deployed = successReady();
    const registry = createModelRegistry(props);
    const score = scoreLeads({
      ledger: createDynamoDbLedger(props),
      quarantine: createDynamoDbQuarantine(client, 'quarantine'),
      models: createActiveModels({ ...props, deployed, clocks: { ...clock, elapsed: clock.now } }),
      wait: async () => {},
      ...clock,
    });
    const ana = { by: 'ana', reason: 'better' };
    const judgedBy: string[] = [];
    for (let run = 0; run < 12; run++) {
      now += 5 * minuteMs;
      if (run === 4) {
        await registry.publish({ ...deployed.document, version: 'next' }, ana);
        await registry.activate('success-ready@next', 'none', ana);
      }
      if (run === 8) await registry.rollBack('all', ana);
      const before = announced.length;
      expect(failedIds(await score(buildBatch(...buildCanaryEvents(now))))).toEqual([]);
      const heard = announced.slice(before);
      expect(heard.map((event) => event['detail-type'])).toContain('LeadStageTransitioned');
      judgedBy.push(...heard.map(({ detail }) => (detail.data as { modelVersion: string }).modelVersion));
    }
    const { version } = deployed;
    expect([...new Set(judgedBy)]).toEqual([version, 'success-ready@next']);
    expect(judgedBy.at(-1)).toBe(version);
    expect(client.memory.items('quarantine')).toEqual([]);
  });
});

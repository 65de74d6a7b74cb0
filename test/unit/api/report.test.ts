import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits, problemDocument } from '../../../events/api/index.ts';
import { answerQueries } from '../../../functions/answer-queries/answer-queries.ts';
import type { QueryDeps } from '../../../functions/answer-queries/deps.ts';
import { getReport } from '../../../functions/answer-queries/get-report.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { decideAll, type LeadState, type LedgerEnd, type SignalEvent } from '../../../shared/lead/index.ts';
import { parseLead, prepareCommit } from '../../../shared/ledger/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { createBasis, makeReport, readLeads } from '../../../shared/report/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { buildSignal, now } from '../../support/events.ts';
import { history } from '../../support/histories.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, readModelFile } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { indexes } from '../../support/tables.ts';

const model = compileDocument({
  ...(readModelFile('success-ready') as object),
  efforts: [
    { id: 'webinar', title: 'Webinar', kind: 'presales', activities: ['webinar_attended'], hours: 1.1 },
    { id: 'call', title: 'Call', kind: 'rescue', activities: ['email_clicked'], hours: 0.7 },
  ],
});

/** Returns a client of a table with the leads of a history, each event committed by itself. */
const storeHistory = (events: readonly SignalEvent[]) => {
  const client = memoryClient({ tables: indexes });
  const put = (Item: Record<string, never>) =>
    client.memory.execute(new PutItemCommand({ TableName: 'leads', Item }));
  for (const own of Map.groupBy(events, ({ data }) => data.leadId).values()) {
    let state: (LeadState & LedgerEnd) | undefined;
    for (const event of own) {
      const { items } = prepareCommit(decideAll(model, state, [event], 0));
      state = parseLead(items.state) as LeadState & LedgerEnd;
      for (const item of [...items.entries, items.state]) put(item as never);
    }
  }
  return client;
};

const did = (leadId: string, at: string, activity: string): SignalEvent =>
  buildSignal({
    type: 'LeadActivityRecorded',
    data: { leadId, activity },
    at: `${at}T00:00:00.000Z`,
    id: `${leadId}-${at}`,
  });

const depsOf = (client: QueryDeps['client']): QueryDeps => ({
  client,
  leadsTable: 'leads',
  identitiesTable: 'identities',
  requests: { readCursorSecret: async () => Buffer.alloc(32) },
  models: createFixedModels(model),
  now: () => now,
});

const ask = (client: QueryDeps['client'], query: RequestProps['query'] = {}, props: RequestProps = {}) =>
  answerQueries(depsOf(client))(apiRequest('getReport', { query, ...props }));

const two = () =>
  storeHistory([did('a', '2026-02-01', 'demo_requested'), did('b', '2026-05-20', 'page_visited')]);

describe('GET /api/report', () => {
  it('answers with all figures of the report, and its schema describes them', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.constantFrom('judged', 'recorded'), async (entries, tiers) => {
        const events = entries.map(({ 'detail-type': type, detail: { metadata, data } }) =>
          buildSignal({ type, data, at: metadata.occurredAt, id: metadata.eventId }),
        );
        const client = storeHistory(events);
        const answer = await ask(client, { tiers, stuckDays: '20', limit: '2' });
        expect(answer.statusCode).toBe(200);
        const basis = createBasis({ model, now, tiers });
        const expected = await makeReport(readLeads(client, 'leads'), basis, { stuckDays: 20, limit: 2 });
        expect(bodyOf(answer)).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(answers.getReport.safeParse(bodyOf(answer)).error).toBeUndefined();
      }),
      { ...seeded(), numRuns: 60 },
    );
  });

  it('is as of now unless it is asked for an earlier instant', async () => {
    expect(bodyOf(await ask(two()))).toMatchObject({
      asOf: '2026-06-01T00:00:00.000Z',
      funnel: { leads: 2 },
    });
    const earlier = bodyOf(await ask(two(), { at: '2026-03-01T01:00:00+01:00' }));
    expect(earlier).toMatchObject({
      asOf: '2026-03-01T00:00:00.000Z',
      funnel: { leads: 1 },
      leftOut: { eventsAfterNow: 1 },
    });
  });

  it('lists as many stuck leads as asked, from the bound asked', async () => {
    const listStuck = async (query: Record<string, string>) =>
      bodyOf(await ask(two(), query)).stuck.longest.map(({ leadId }: { leadId: string }) => leadId);
    expect(await listStuck({})).toEqual(['a']);
    expect(await listStuck({ stuckDays: '1' })).toEqual(['a', 'b']);
    expect(await listStuck({ stuckDays: '1', limit: '1' })).toEqual(['a']);
    expect(await listStuck({ limit: '0' })).toEqual([]);
  });

  it('refuses an instant that is yet to come', async () => {
    const answer = await ask(two(), { at: '2026-06-01T00:00:00.001Z' });
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:sluice:problem:invalid-request',
      errors: [
        {
          path: 'query.at',
          given: '"2026-06-01T00:00:00.001Z"',
          allowed: 'an instant up to now, 2026-06-01T00:00:00.000Z',
        },
      ],
    });
  });

  it('refuses other values, each with its path', async () => {
    const refused = async (query: Record<string, string>) => {
      const answer = await ask(two(), query);
      expect(answer.statusCode).toBe(400);
      return bodyOf(answer).errors.map(({ path }: { path: string }) => path);
    };
    expect(await refused({ at: 'yesterday' })).toEqual(['query.at']);
    expect(await refused({ tiers: 'guessed' })).toEqual(['query.tiers']);
    expect(await refused({ stuckDays: '0', limit: '1001' })).toEqual(['query.stuckDays', 'query.limit']);
    expect(await refused({ model: 'bant' })).toEqual(['query.model']);
  });
});

/** Returns a client whose scans answer with pages of so many items that no figure counts, for ever. */
const endless = (items: number, onPage: () => void = () => {}) =>
  createClient(async (command) => {
    if (!(command instanceof ScanCommand)) throw new Error('reads by scans alone');
    onPage();
    return { Items: [], ScannedCount: items, LastEvaluatedKey: { pk: S('LEAD#a'), sk: S('STATE') } };
  });

const query = { tiers: 'judged', stuckDays: 30, limit: 10, at: undefined } as const;

describe('a report on a table that is too large', () => {
  it('stops once more items were read than an answer may read, those left out included', async () => {
    let pages = 0;
    const client = endless(apiLimits.reportItems / 4, () => pages++);
    const answer = await ask(client);
    expect(pages).toBe(5);
    expect(answer.statusCode).toBe(422);
    expect(problemDocument.safeParse(bodyOf(answer)).error).toBeUndefined();
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:sluice:problem:too-much-to-read',
      errors: [
        {
          path: 'items',
          given: 'more than 200000 items',
          allowed: 'at most 200000; the command `sluice report` has no such limit',
        },
      ],
    });
  });

  it('stops before the gateway gives up, by a clock that nobody sets', async () => {
    let elapsed = 5_000;
    const client = endless(1, () => {
      elapsed += 10_000;
    });
    const report = getReport(depsOf(client), () => elapsed);
    await expect(report({ query } as never)).rejects.toMatchObject({
      type: 'too-much-to-read',
      errors: [{ given: 'more items than were read within 25 seconds: 3' }],
    });
  });

  it('is made if the table has exactly as many items as an answer may read', async () => {
    const client = createClient(async () => ({ Items: [], ScannedCount: apiLimits.reportItems }));
    expect((await ask(client)).statusCode).toBe(200);
  });
});

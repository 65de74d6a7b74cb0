import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { titles } from '../../../cli/report/text/section-titles.ts';
import { withConnection } from '../../../cli/stack/connect.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { answerQueries } from '../../../functions/answer-queries/answer-queries.ts';
import { decideAll, type SignalEvent } from '../../../shared/lead/index.ts';
import { buildWrites, prepareCommit } from '../../../shared/ledger/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { type LeadItem, readLeads } from '../../../shared/report/read-leads.ts';
import type { Report } from '../../../shared/report/tally.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { requireEvent } from '../../support/deliveries.ts';
import { startDynamoDb } from '../../support/engine.ts';
import { buildEntry, buildSignal, type EventInput } from '../../support/events.ts';
import { successReady } from '../../support/models.ts';
import { sluice } from '../../support/sluice-command.ts';

let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
});
afterAll(() => running.close());

const report = (...options: readonly string[]) =>
  sluice('report', '--endpoint', running.stack.endpoint, ...options);

let next = 0;
const on = (day: string, type: EventInput['type'], data: Record<string, unknown>): string =>
  JSON.stringify(buildEntry({ type, data, at: `2026-${day}T00:00:00.000Z`, id: `r-${next++}` }));

const send = async (lines: readonly string[]): Promise<void> => {
  const given = lines.map((text, i) => ({ file: 'history', number: i + 1, text }));
  await waitUntilIdle(running, await feed(running, given, () => {}), () => {});
};

describe('sluice report', () => {
  it('shows for an empty table that there is nothing yet, section by section', async () => {
    const { code, stdout } = await report();
    expect(code).toBe(0);
    expect(stdout).toContain('0 leads as of ');
    const lines = stdout.split('\n');
    expect(lines.filter((line) => Object.values<string>(titles).includes(line))).toEqual(
      Object.values(titles),
    );
    expect(stdout).toContain('No win has been recorded.');
    expect(stdout).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('reports on what came in, in whatever order it did', async () => {
    const profile = { seniority: 'executive', department: 'sales', industry: 'software', employees: 600 };
    await send([
      on('04-01', 'LeadOutcomeRecorded', { leadId: '@won', outcome: 'won' }),
      on('05-01', 'LeadOutcomeRecorded', { leadId: '@won', outcome: 'churned' }),
      on('02-01', 'LeadProfileUpdated', { leadId: '@won', attributes: profile }),
    ]);
    await send([
      on('02-11', 'LeadActivityRecorded', { leadId: '@won', activity: 'demo_requested' }),
      on('02-01', 'LeadActivityRecorded', { leadId: '-waits', activity: 'content_downloaded' }),
    ]);
    const { code, stdout } = await report('--at', '2026-05-11T00:00:00Z', '--json');
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const found: Report = JSON.parse(stdout);
    expect(found.asOf).toBe('2026-05-11T00:00:00.000Z');
    expect(found.funnel.leads).toBe(2);
    expect(found.winRates.all).toMatchObject({ won: 1, lost: 0 });
    expect(found.customers.poor.wins + found.customers.good.wins).toBe(1);
    expect(found.customers.poor.churned + found.customers.good.churned).toBe(1);
    expect(found.stays.byStage).toEqual([
      { stage: 'subscriber', stays: 1, medianDays: 10, ninetiethPercentileDays: 10 },
      { stage: 'mql', stays: 1, medianDays: 49, ninetiethPercentileDays: 49 },
    ]);
    expect(found.stuck.longest).toMatchObject([{ leadId: '-waits', stage: 'lead', days: 99 }]);
    expect(found.leftOut).toMatchObject({ leadsBeingWritten: 0, eventsAfterNow: 0, otherModels: [] });
  });

  it('prints rows for spreadsheets, in which a name is never a formula', async () => {
    const { code, stdout } = await report('--csv', '--at', '2026-05-11T00:00:00Z');
    expect(code).toBe(0);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    expect(rows.find(({ item }) => item?.includes('waits'))).toMatchObject({
      section: 'stuck',
      stage: 'lead',
      item: "'-waits",
      measure: 'days',
      value: '99',
    });
  });

  it('prints the same again for the same instant', async () => {
    const once = await report('--at', '2026-05-11T00:00:00Z');
    expect(once.stdout).toContain('2 leads as of 2026-05-11 00:00 UTC. ');
    expect((await report('--at', '2026-05-11T00:00:00Z')).stdout).toBe(once.stdout);
  });

  it('prints what the API answers', async () => {
    const { stdout } = await report('--at', '2026-05-11T00:00:00Z', '--stuck-days', '20', '--json');
    const { endpoint } = running.stack;
    const answer = await withConnection({ endpoint }, ({ dynamodb: client, leadsTable, now }) => {
      const requests = { readCursorSecret: async () => Buffer.alloc(32) };
      const query = { at: '2026-05-11T00:00:00Z', stuckDays: '20' };
      return answerQueries({
        client,
        leadsTable,
        identitiesTable: 'identities',
        now,
        requests,
        models: createFixedModels(successReady()),
      })(apiRequest('getReport', { query }));
    });
    expect(bodyOf(answer)).toEqual(JSON.parse(stdout));
  });

  it('judges the leads by the given model, and reports that another one scored them', async () => {
    const { code, stdout } = await report('--model', 'models/bant.json');
    expect(code).toBe(0);
    expect(stdout).toContain('2 leads were scored last by model success-ready@');
    expect(stdout).toContain('The model has no situation slide');
  });

  it.concurrent.each<[string, string[], number, string]>([
    [
      'a day that does not exist',
      ['--at', '2026-02-30T00:00:00Z'],
      2,
      'given "2026-02-30T00:00:00Z"; allowed: a day such as 2026-03-01, or an instant in ISO 8601',
    ],
    [
      'an instant without its zone',
      ['--at', '2026-02-20T00:00:00'],
      2,
      'which has no offset from UTC; allowed: a day',
    ],
    [
      'what is yet to come',
      ['--at', '2126-02-20'],
      2,
      'given 2126-02-20T00:00:00.000Z, which is yet to come',
    ],
    [
      'a limit that is no number',
      ['--limit', 'all'],
      2,
      'given "all"; allowed: a whole number from 0 to 1000',
    ],
    ['no days', ['--stuck-days', '0'], 2, 'given "0"; allowed: a whole number from 1 to 36500'],
    [
      'tiers from elsewhere',
      ['--tiers', 'best'],
      2,
      "'best' is invalid. Allowed choices are judged, recorded",
    ],
    ['two formats at once', ['--json', '--csv'], 2, "'--json' cannot be used with option '--csv'"],
    ['an argument', ['l-1'], 2, 'too many arguments'],
    ['a model that is not there', ['--model', 'x.json'], 1, "x.json can't be read"],
  ])('%s is reported in a clear line', async (_, args, code, message) => {
    const result = await report(...args);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('    at ');
    expect(result).toMatchObject({ code, stdout: '' });
  });
});

describe('reading a table of several pages', () => {
  it('yields every lead whole: its entries by time, then its state', async () => {
    const { client, leads: table, stop } = await startDynamoDb();
    const properties = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`p${i}`, 'x'.repeat(1_000)]));
    const model = successReady();
    const minute = (i: number) => `2026-03-01T09:${String(i).padStart(2, '0')}:00.000Z`;
    for (let lead = 0; lead < 8; lead++) {
      // The latest first, so that the order of writing is not the order that is asked for.
      const events = Array.from({ length: 12 }, (_, i) =>
        buildSignal({
          type: 'LeadActivityRecorded',
          data: { leadId: `l-${lead}`, activity: 'page_visited', properties },
          at: minute(59 - i),
          id: `e-${lead}-${i}`,
        }),
      );
      const commit = prepareCommit(decideAll(model, undefined, events as [SignalEvent, ...SignalEvent[]], 0));
      await client.send(new TransactWriteItemsCommand({ TransactItems: buildWrites(table, commit) }));
    }
    const items = await Array.fromAsync(readLeads(client, table));
    await stop();
    const runs = items.filter(({ leadId }, i) => items[i - 1]?.leadId !== leadId);
    expect(runs).toHaveLength(8);
    const formatTold = (item: LeadItem) =>
      item.kind === 'entry' ? requireEvent(item.entry).metadata.occurredAt : 'state';
    for (const { leadId } of runs) {
      const own = items.filter((item) => item.leadId === leadId).map(formatTold);
      expect(own).toEqual([...Array.from({ length: 12 }, (_, i) => minute(48 + i)), 'state']);
    }
  });
});

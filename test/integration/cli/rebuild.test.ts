import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { canonical } from '../../../shared/dynamodb/index.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import { parseLead } from '../../../shared/ledger/index.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { sluice } from '../../support/sluice-command.ts';

type Item = Record<string, AttributeValue>;

const folder = mkdtempSync(join(tmpdir(), 'sluice-rebuild-'));
let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
  await send(leads.flatMap((leadId) => [1, 2, 3].map((day) => visit(leadId, day))));
  await send([
    said('LeadsMerged', 9, { leadId: 'l-1', mergedLeadId: 'l-2' }),
    said('LeadErasureRequested', 9, { leadId: 'l-3' }),
  ]);
});
afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true });
});

const leads = Array.from({ length: 12 }, (_, i) => `l-${i}`);
const rebuild = (...args: readonly string[]) =>
  sluice('rebuild', ...args, '--endpoint', running.stack.endpoint);

let next = 0;
const said = (type: EventInput['type'], day: number, data: Record<string, unknown>): string => {
  const at = `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;
  return JSON.stringify(buildEntry({ type, data, at, id: `a-${next++}` }));
};
const visit = (leadId: string, day: number): string =>
  said('LeadActivityRecorded', day, { leadId, activity: day === 2 ? 'demo_requested' : 'page_visited' });

const send = async (lines: readonly string[]): Promise<void> => {
  const given = lines.map((text, i) => ({ file: 'history', number: i + 1, text }));
  await waitUntilIdle(running, await feed(running, given, () => {}), () => {});
};

const stateKey = (leadId: string): Item => ({ pk: { S: leadKey(leadId) }, sk: { S: 'STATE' } });
const readStateItem = async (leadId: string): Promise<Item | undefined> => {
  const { Item } = await running.client.send(
    new GetItemCommand({ TableName: running.leadsTable, ConsistentRead: true, Key: stateKey(leadId) }),
  );
  return Item;
};
const put = (Item: Item) => running.client.send(new PutItemCommand({ TableName: running.leadsTable, Item }));
const loseState = (leadId: string) =>
  running.client.send(new DeleteItemCommand({ TableName: running.leadsTable, Key: stateKey(leadId) }));
const breakState = async (leadId: string) =>
  put({ ...(await readStateItem(leadId)), tier: { S: 'excellent' }, score: { N: '99' } });

/**
 * Returns a state in canonical form, its head included. A lead that is rebuilt is woken at once, and finds out by itself
 * when it is due.
 */
const canonicalState = (item: Item | undefined): string => {
  const { dueAt: _dueAt, dueKey: _dueKey, ...lead } = parseLead(item ?? {});
  return canonical(lead);
};

describe('sluice rebuild', () => {
  it('finds no difference in a healthy table, and changes nothing', async () => {
    const before = await Promise.all(leads.map(readStateItem));
    const { code, stdout } = await rebuild();
    expect(code).toBe(0);
    expect(stdout).toBe('12 leads with 39 entries: 0 differences, 0 repaired, 0 refused.\n');
    expect((await Promise.all(leads.map(readStateItem))).map(canonicalState)).toEqual(
      before.map(canonicalState),
    );
  });

  it('only counts with --dry-run, and exits with 1 if something differs', async () => {
    const state = await readStateItem('l-4');
    await breakState('l-4');
    const { code, stdout, stderr } = await rebuild('--dry-run');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'differs: l-4 state-differs: the stored state is not what the ledger folds to: score, tier',
    );
    expect(stdout).toContain('12 leads with 39 entries: 1 difference, 0 repaired, 0 refused.');
    expect(stderr).toContain('without --dry-run they are repaired');
    expect(canonicalState(await readStateItem('l-4'))).not.toBe(canonicalState(state));
    await put(state ?? {});
  });

  it('restores lost and broken states as they were, of merged and erased leads too, while events arrive', async () => {
    const damaged = ['l-2', 'l-3', 'l-5', 'l-6', 'l-7'];
    const before = await Promise.all(damaged.map(readStateItem));
    for (const leadId of ['l-2', 'l-3', 'l-5']) await loseState(leadId);
    for (const leadId of ['l-6', 'l-7']) await breakState(leadId);
    const arriving = ['l-0', 'l-1', 'l-8', 'l-9', 'new-1', 'new-2'];
    const sending = send(
      Array.from({ length: 20 }, (_, i) => 4 + (i % 20)).flatMap((day) =>
        arriving.map((leadId) => visit(leadId, day)),
      ),
    );
    const { code, stdout } = await rebuild('--segments', '3', '--json');
    await sending;
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ differences: 5, repaired: 5, refused: 0 });
    expect(
      lines
        .slice(0, -1)
        .map(({ leadId, outcome }) => `${leadId} ${outcome}`)
        .sort(),
    ).toEqual(damaged.map((leadId) => `${leadId} repaired`));
    expect((await Promise.all(damaged.map(readStateItem))).map(canonicalState)).toEqual(
      before.map(canonicalState),
    );
    expect(await sluice('audit', 'verify', '--endpoint', running.stack.endpoint)).toMatchObject({ code: 0 });
  });

  it('rebuilds no state from a ledger whose chain is broken', async () => {
    const { Items = [] } = await running.client.send(
      new QueryCommand({
        TableName: running.leadsTable,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
        ExpressionAttributeValues: { ':pk': { S: leadKey('l-10') }, ':entry': { S: 'EVENT#' } },
      }),
    );
    const [entry] = Items;
    await put({ ...entry, detail: { S: (entry?.detail?.S ?? '').replace('page_visited', 'trial_started') } });
    await loseState('l-10');
    const { code, stdout, stderr } = await rebuild();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^refused: l-10 \d\.\d broken-link/m);
    expect(stdout).toMatch(/0 repaired, 1 refused\.$/m);
    expect(stderr).toContain('`sluice audit verify` shows why');
    expect(await readStateItem('l-10')).toBeUndefined();
    await put(entry ?? {});
    expect(await rebuild()).toMatchObject({ code: 0 });
    expect(await readStateItem('l-10')).toBeDefined();
  });

  it('resumes from a checkpoint, and reads no segment again that is done', async () => {
    const file = join(folder, 'checkpoint.json');
    const first = await rebuild('--segments', '2', '--checkpoint', file);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('remove it, or the next run will read nothing');
    await breakState('l-11');
    const again = await rebuild('--segments', '2', '--checkpoint', file);
    expect(again.stdout).toBe(first.stdout);
    rmSync(file);
    expect((await rebuild('--segments', '2', '--checkpoint', file)).stdout).toContain(
      '1 difference, 1 repaired',
    );
    expect((await rebuild('--segments', '3', '--checkpoint', file)).stderr).toContain(
      'it has 2 segments, not 3',
    );
  });

  it('writes no checkpoint over the outputs that it reads', async () => {
    const outputs = join(folder, 'outputs.json');
    writeFileSync(outputs, '{}');
    const { code, stderr } = await rebuild('--checkpoint', `${folder}/./outputs.json`, '--outputs', outputs);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`would be written over ${outputs}, which is read`),
    ]);
    expect(readFileSync(outputs, 'utf8')).toBe('{}');
  });
});

import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import { anchorDigest } from '../../../shared/ledger/index.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { sluice } from '../../support/sluice-command.ts';

type Item = Record<string, AttributeValue>;

let running: RunningStack;
/** The states of the lead after each of its commits, restored by tests that cut the tail. */
const states: Item[] = [];

const audit = (...args: readonly string[]) => sluice('audit', ...args, '--endpoint', running.stack.endpoint);

let next = 0;
const on = (day: number, type: EventInput['type'], data: Record<string, unknown>): string => {
  const at = `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;
  return JSON.stringify(buildEntry({ type, data, at, id: `a-${next++}` }));
};

const send = async (...lines: readonly string[]): Promise<void> => {
  const given = lines.map((text, i) => ({ file: 'history', number: i + 1, text }));
  await waitUntilIdle(running, await feed(running, given, () => {}), () => {});
};

const readEntryItems = async (leadId: string): Promise<Item[]> => {
  const { Items = [] } = await running.client.send(
    new QueryCommand({
      TableName: running.leadsTable,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
      ExpressionAttributeValues: { ':pk': { S: leadKey(leadId) }, ':entry': { S: 'EVENT#' } },
    }),
  );
  return Items;
};
const keyOf = ({ pk, sk }: Item): Item => ({ pk, sk }) as Item;
const readStateItem = async (leadId: string): Promise<Item> => {
  const Key = { pk: { S: leadKey(leadId) }, sk: { S: 'STATE' } };
  const { Item } = await running.client.send(
    new GetItemCommand({ TableName: running.leadsTable, ConsistentRead: true, Key }),
  );
  return Item ?? {};
};
const put = (Item: Item) => running.client.send(new PutItemCommand({ TableName: running.leadsTable, Item }));
const remove = (item: Item) =>
  running.client.send(new DeleteItemCommand({ TableName: running.leadsTable, Key: keyOf(item) }));

/** The items that a test has to restore. */
let damaged: Item[] = [];
afterEach(async () => {
  for (const item of damaged) await put(item);
  damaged = [];
});

beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
  for (const line of [
    on(1, 'LeadProfileUpdated', { leadId: 'ann', attributes: { seniority: 'executive' } }),
    on(3, 'LeadActivityRecorded', { leadId: 'ann', activity: 'demo_requested' }),
    on(2, 'LeadActivityRecorded', { leadId: 'ann', activity: 'page_visited', count: 3 }),
  ]) {
    await send(line);
    states.push(await readStateItem('ann'));
  }
  await send(
    on(1, 'LeadActivityRecorded', { leadId: 'bob', activity: 'content_downloaded' }),
    on(1, 'LeadActivityRecorded', { leadId: 'old-bob', activity: 'trial_started' }),
    on(1, 'LeadProfileUpdated', { leadId: 'gone', attributes: { seniority: 'director' } }),
  );
  await send(on(4, 'LeadsMerged', { leadId: 'bob', mergedLeadId: 'old-bob' }));
  await send(on(5, 'LeadErasureRequested', { leadId: 'gone' }));
});
afterAll(() => running?.close());

describe('sluice audit verify', () => {
  it('finds nothing in a healthy table, among merged and erased leads too', async () => {
    expect(await audit('verify')).toMatchObject({
      code: 0,
      stdout: '4 leads with 9 entries: 0 findings. There are no anchors to check them against.\n',
    });
    expect((await audit('verify', 'gone', '--json')).stdout).toBe(
      '{"leads":1,"entries":2,"findings":0,"anchorRuns":0,"anchoredLeads":0,"daysWithoutAnchors":[]}\n',
    );
  });

  it('says that it did not read the anchors if it was told so, not that there are none', async () => {
    expect((await audit('verify', '--no-anchors')).stdout).toBe(
      '4 leads with 9 entries: 0 findings. The anchors were not read.\n',
    );
    expect((await audit('verify', 'gone', '--no-anchors', '--json')).stdout).toBe(
      '{"leads":1,"entries":2,"findings":0}\n',
    );
  });

  it('fails if anchors are expected and there are none', async () => {
    const { code, stdout } = await audit('verify', '--expect-anchors');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^anchors anchors-missing: there are no anchors, although they are expected\n/);
    expect((await audit('verify', 'gone', '--expect-anchors')).code).toBe(1);
  });

  it('cannot expect anchors that it is not to read', async () => {
    const { code, stderr } = await audit('verify', '--expect-anchors', '--no-anchors');
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot be used with option '--no-anchors'")]);
  });

  it('reports where the chain breaks after an entry that somebody edited', async () => {
    const [entry] = await readEntryItems('ann');
    damaged = [entry as Item];
    await put({ ...entry, detail: { S: (entry?.detail?.S ?? '').replace('executive', 'director') } });
    const { code, stdout, stderr } = await audit('verify');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^ann 2\.0 broken-link: the chain breaks at 2\.0: expected \S+, the hash of 1\.0, found \S+ \(EVENT#2026-03-03T09:00:00.000Z#a-1\)$/m,
    );
    expect(stdout).toContain(': 1 finding.');
    expect(stderr).toContain('docs/audit.md');
  });

  it('names the position of an entry that somebody removed', async () => {
    const entries = await readEntryItems('ann');
    const demo = entries.find(({ version }) => version?.N === '2') as Item;
    damaged = [demo];
    await remove(demo);
    expect((await audit('verify', 'ann')).stdout).toContain(
      'ann 2.0 missing: from 2.0 on entries are missing',
    );
  });

  it('names the fields of a state that differ from the fold of its ledger', async () => {
    const state = await readStateItem('ann');
    damaged = [state];
    await put({ ...state, score: { N: '99' }, tierKey: { S: 'excellent#0' } });
    const { stdout } = await audit('verify', '--json');
    const [finding, summary] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(finding).toMatchObject({ leadId: 'ann', code: 'state-differs' });
    expect(finding.sentence).toContain('score, tierKey');
    expect(summary).toMatchObject({ leads: 4, entries: 9, findings: 1, anchorRuns: 0 });
  });

  it.each<[string, string[], number, string]>([
    ['a lead that there is none of', ['verify', 'nobody'], 1, 'there is no lead nobody'],
    ['no segments', ['verify', '--segments', '0'], 2, 'a whole number from 1 to 1000'],
  ])('reports in a clear line: %s', async (_, args, code, message) => {
    const result = await audit(...args);
    expect(result.stderr).toContain(message);
    expect(result).toMatchObject({ code, stdout: '' });
  });
});

describe('sluice audit anchor', () => {
  it('anchors the heads of all ledgers, and verify checks ledgers against them', async () => {
    const { code, stdout } = await audit('anchor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^4 heads in 1 part: anchors\/[^/]+Z\/manifest\.json\n$/);
    expect((await audit('anchor', '--json')).stdout).toMatch(/"leads":4,"parts":1/);
    expect((await audit('verify')).stdout).toBe(
      '4 leads with 9 entries: 0 findings. Checked against the anchors of 2 runs, which include 4 of 4 leads.\n',
    );
    expect((await audit('verify', '--expect-anchors')).code).toBe(0);
    expect((await audit('verify', 'ann', '--expect-anchors')).code).toBe(0);
  });

  it('alone finds a cut tail if the state was reset with it', async () => {
    const entries = await readEntryItems('ann');
    const last = entries.find(({ version }) => version?.N === '3') as Item;
    damaged = [last, await readStateItem('ann')];
    await remove(last);
    await put(states[1] as Item);
    expect(await audit('verify', '--no-anchors')).toMatchObject({ code: 0 });
    const { code, stdout } = await audit('verify');
    expect(code).toBe(1);
    expect(stdout).toContain('ann 3.0 cut-tail: the ledger ends at version 2, but version 3 was anchored');
    expect((await audit('verify', 'ann')).stdout).toContain('ann 3.0 cut-tail');
  });

  it('alone finds a lead that was removed completely', async () => {
    const [entry] = await readEntryItems('gone');
    const all = [...(await readEntryItems('gone')), await readStateItem('gone')];
    expect(entry).toBeDefined();
    damaged = all;
    for (const item of all) await remove(item);
    expect(await audit('verify', '--no-anchors')).toMatchObject({ code: 0 });
    const { code, stdout } = await audit('verify');
    expect(code).toBe(1);
    expect(stdout).toContain(`${anchorDigest('gone')} 1.0 cut-tail: nothing is left`);
  });
});

describe('sluice audit verify while events arrive', () => {
  it('finds nothing wrong in leads that are being written', async () => {
    const lines = Array.from({ length: 25 }, (_, day) => day + 1).flatMap((day) =>
      ['eve', 'kim', 'lee', 'max'].map((leadId) =>
        on(day, 'LeadActivityRecorded', { leadId, activity: 'page_visited' }),
      ),
    );
    const sending = send(...lines);
    const during = await audit('verify', '--no-anchors');
    await sending;
    expect(during).toMatchObject({ code: 0, stderr: '' });
    expect((await audit('verify')).stdout).toContain('8 leads with 109 entries: 0 findings.');
  });
});

describe('sluice audit show', () => {
  it('shows the history of a lead in the order in which events came in', async () => {
    const { code, stdout } = await audit('show', 'ann');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => /^\d/.test(line))).toEqual([
      '1.0     2026-03-01T09:00:00.000Z',
      '2.0     2026-03-03T09:00:00.000Z',
      '3.0     2026-03-02T09:00:00.000Z  (came late: after events that happened later)',
    ]);
    expect(stdout).toContain('its profile: seniority is "executive"');
    expect(stdout).toMatch(/→ stage subscriber → mql \(skipped: by its activity\), tier/);
    expect(stdout).toContain('by model success-ready@5, event a-1 from test.producer');
  });

  it('shows which lead a lead was merged into, and which leads were merged into the surviving one', async () => {
    const merged = await audit('show', 'old-bob');
    expect(merged.stdout).toContain('old-bob was merged into bob for good.');
    expect(merged.stderr).toContain('it continues in `sluice audit show bob`');
    const survivor = await audit('show', 'bob');
    expect(survivor.stderr).toContain('old-bob was merged into it; --with-merged shows their ledgers too');
    const both = await audit('show', 'bob', '--with-merged');
    expect(both.stdout).toContain('bob: 2 entries, version 2.');
    expect(both.stdout).toContain('old-bob: 2 entries, version 2.');
  });

  it('shows that a lead was erased, and none of its contents', async () => {
    const { stdout } = await audit('show', 'gone');
    expect(stdout).toContain('gone was erased.');
    expect(stdout).not.toContain('director');
  });

  it('prints an object an entry for programs', async () => {
    const { stdout } = await audit('show', 'ann', '--json');
    const steps = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(steps.map(({ version, ordinal, late }) => [version, ordinal, late])).toEqual([
      [1, 0, false],
      [2, 0, false],
      [3, 0, true],
    ]);
    expect(steps[1]).toMatchObject({ leadId: 'ann', event: { data: { activity: 'demo_requested' } } });
  });

  it('reports that a ledger does not verify', async () => {
    const [entry] = await readEntryItems('ann');
    damaged = [entry as Item];
    await put({ ...entry, source: { S: 'elsewhere' } });
    expect((await audit('show', 'ann')).stderr).toContain('its ledger does not verify');
  });

  it('reports that there is no such lead', async () => {
    expect(await audit('show', 'nobody')).toMatchObject({
      code: 1,
      stderr: 'sluice: there is no lead nobody\n',
    });
  });
});

describe('sluice audit transitions', () => {
  it('lists those of all leads, and only those that match the options', async () => {
    const { stdout } = await audit('transitions', '--stage', 'mql', '--json');
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.map(({ leadId, from, to }) => [leadId, from, to])).toContainEqual([
      'ann',
      'subscriber',
      'mql',
    ]);
    for (const { of, from, to } of found) expect([of, [from, to].includes('mql')]).toEqual(['stage', true]);
  });

  it('lists those of a period, the day that ends it included', async () => {
    const days = async (...args: string[]) => {
      const { stdout } = await audit('transitions', '--lead', 'ann', ...args, '--json');
      return new Set(
        stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).occurredAt.slice(8, 10)])),
      );
    };
    expect(await days()).toEqual(new Set(['01', '03']));
    expect(await days('--to', '2026-03-01')).toEqual(new Set(['01']));
    expect(await days('--from', '2026-03-02', '--to', '2026-03-03T09:00:00Z')).toEqual(new Set(['03']));
    expect(await days('--from', '2026-03-02', '--to', '2026-03-03T08:59:59.999Z')).toEqual(new Set());
  });

  it('prints rows for spreadsheets', async () => {
    const rows: Record<string, string>[] = parse((await audit('transitions', '--csv')).stdout, {
      columns: true,
    });
    expect(rows.find(({ leadId, to }) => leadId === 'ann' && to === 'mql')).toMatchObject({
      occurredAt: '2026-03-03T09:00:00.000Z',
      of: 'stage',
      from: 'subscriber',
      kind: 'skipped',
      trigger: 'activity',
      modelVersion: 'success-ready@5',
    });
  });

  it.each<[string, string[], string]>([
    [
      'a period that ends before it begins',
      ['--from', '2026-03-02', '--to', '2026-03-01'],
      'begins before it ends',
    ],
    [
      'a day that there is none of',
      ['--from', '2026-02-30'],
      'allowed: a day such as 2026-03-01, or an instant',
    ],
    ['a stage that there is none of', ['--stage', 'mqls'], 'Allowed choices are subscriber'],
  ])('refuses %s', async (_, args, message) => {
    const result = await audit('transitions', ...args);
    expect(result.stderr).toContain(message);
    expect(result).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('sluice audit verify, if somebody changed the anchors', () => {
  let s3: S3Client;
  let Bucket = '';
  /** The keys of the anchors, the oldest run first. */
  let keys: string[] = [];
  beforeAll(async () => {
    const { endpoint, outputs } = running.stack;
    const credentials = { accessKeyId: 'somebody', secretAccessKey: 'else' };
    s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
    Bucket = outputs.AnchorsBucketName ?? '';
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    keys = Contents.flatMap(({ Key }) => Key ?? []);
  });
  afterAll(() => s3.destroy());

  it('reports a lead that no anchor includes, if it is asked to expect some', async () => {
    await send(on(6, 'LeadActivityRecorded', { leadId: 'new', activity: 'page_visited' }));
    const { code, stdout } = await audit('verify', 'new', '--expect-anchors');
    expect(code).toBe(1);
    expect(stdout).toContain('anchors-missing: none of the verified leads has an anchor');
    expect(await audit('verify', 'new')).toMatchObject({ code: 0 });
  });

  it('checks against the oldest version of each, and reports those that were written over', async () => {
    const [Key = ''] = keys.filter((key) => key.includes('part-'));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}\n' }));
    const { code, stdout } = await audit('verify', 'ann');
    expect(code).toBe(1);
    expect(stdout).toBe(
      `anchors anchors-shadowed: ${Key} was written over; only its oldest version counts, as Sluice writes no other\n` +
        '1 lead with 3 entries: 1 finding. Checked against the anchors of 2 runs, which include 1 of 1 lead.\n',
    );
  });

  it('reads anchors that were hidden, and reports that they were', async () => {
    for (const Key of keys) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    const { code, stdout } = await audit('verify', 'ann');
    expect(code).toBe(1);
    for (const key of keys) expect(stdout).toContain(`anchors anchors-hidden: ${key} has a delete marker`);
    expect(stdout).toContain('Checked against the anchors of 2 runs');
  });
});

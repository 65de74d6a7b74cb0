import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addHandoffs } from '../../../cli/commands/handoffs.ts';
import { addLeads } from '../../../cli/commands/leads.ts';
import { nextWords } from '../../../cli/handoffs/next-words.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { hourMs, outboundContracts, parseAction, parseInbound } from '../../../events/index.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { unnamedVerdictId } from '../../../shared/keys/index.ts';
import { createScoringWorld, deliver, type ScoringWorld } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { buildRequest } from '../../support/handoffs.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { runCommand } from '../../support/run-command.ts';
import { storeModel } from '../../support/store-model.ts';

// The commands run as they are; only the stack that they find is one in memory.
const found = vi.hoisted(() => ({}) as { connection: Connection });
vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));

let world: ScoringWorld;
let sent: { Source: string; DetailType: string; Detail: string; EventBusName: string }[];

beforeEach(() => {
  world = createScoringWorld();
  sent = [];
  const send = async ({ input }: { input: { Entries: typeof sent } }) => {
    sent.push(...input.Entries);
    return { FailedEntryCount: 0, Entries: input.Entries.map(() => ({ EventId: 'e' })) };
  };
  found.connection = {
    dynamodb: world.stores.client,
    leadsTable: 'leads',
    busName: 'bus',
    bus: { send },
    now: Date.now,
  } as never;
});

const isoIn = (hours: number): string => new Date(Date.now() + hours * hourMs).toISOString();

const request = async (
  leadId: string,
  handoffId: string,
  dueInHours: number,
  queue = 'sales',
  modelVersion = 'success-ready@1',
) => {
  const sample = structuredClone(outboundContracts.LeadTierChanged.sampleEvent);
  const data = { ...sample.detail.data, leadId };
  const event = parseAction({ ...sample, detail: { ...sample.detail, data } });
  const followUps = createDynamoDbFollowUps(world.stores.client, 'leads');
  await followUps.openHandoff(
    event,
    buildRequest({ handoffId, queue, modelVersion, dueAt: isoIn(dueInHours) }),
    Date.now(),
  );
};

const answered = async (leadId: string, handoffId: string, status: 'accepted' | 'rejected') => {
  const followUps = createDynamoDbFollowUps(world.stores.client, 'leads');
  const answeredAt = '2026-03-02T10:00:00.000Z';
  await followUps.noteVerdict({ leadId, handoffId, status, answeredAt, actor: 'ann' });
};

/** A policy by which hand-offs to sales are passed on, and then escalated. */
const stepsOf = (...sales: object[]) => {
  const document = smallDocument();
  // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
  return compileDocument({ ...document, policy: { ...document.policy, deadlines: { then: { sales } } } });
};
const storeSteps = async (...steps: object[]): Promise<string> => {
  const model = stepsOf(...steps);
  await storeModel({ client: world.stores.client, table: 'leads' }, model);
  return model.version;
};
const readOpen = async (leadId: string) => {
  const followUps = createDynamoDbFollowUps(world.stores.client, 'leads');
  const [handoff] = (await followUps.readDeadlines(leadId)).handoffs;
  if (handoff === undefined) throw new Error(`lead ${leadId} has no open hand-off`);
  return { followUps, handoff };
};

const profile = (leadId: string, attributes: object) =>
  buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes }, id: `p-${leadId}` });

const handoffs = (...args: readonly string[]) => runCommand(addHandoffs, 'handoffs', ...args);
const leads = (...args: readonly string[]) => runCommand(addLeads, 'leads', ...args);
const parseLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('sluice handoffs list', () => {
  it('lists open hand-offs first, by when they are due, says which are late, and whose they are', async () => {
    await deliver(world, profile('l-1', { first_name: 'Ada', lastName: 'King', Company: 'Engines' }));
    await request('l-1', 'h-late', -3.5);
    await request('l-2', 'h-soon', 2.5);
    await request('l-3', 'h-first', -50, 'field');
    await request('l-4', 'h-done', -90);
    await answered('l-4', 'h-done', 'rejected');
    const { stdout, stderr } = await handoffs('list');
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split(/\s+/).at(-1))).toEqual([
      'hand-off',
      'h-first',
      'h-late',
      'h-soon',
      'h-done',
    ]);
    expect(rows[1]).toContain('late by 2 d');
    expect(rows[2]).toMatch(/^l-1 +Ada King +Engines +open +sales .* late by 3 h +h-late$/);
    expect(rows[3]).toContain('in 2 h');
    expect(stderr).toContain('2 hand-offs are late.');
    const listed = async (...args: readonly string[]) =>
      parseLines((await handoffs('list', '--json', ...args)).stdout).map(({ handoffId }) => handoffId);
    expect(await listed('--late')).toEqual(['h-first', 'h-late']);
    expect(await listed('--queue', 'field')).toEqual(['h-first']);
    expect(await listed('--status', 'rejected')).toEqual(['h-done']);
  });

  it('reads one queue in one status through the index, and finds what a scan finds', async () => {
    await request('l-1', 'h-late', -3.5);
    await request('l-2', 'h-soon', 2.5);
    await request('l-3', 'h-other', 1, 'field');
    await request('l-4', 'h-done', -90);
    await answered('l-4', 'h-done', 'rejected');
    const scanned = (await handoffs('list', '--json')).stdout.trimEnd().split('\n');
    const reads: string[] = [];
    const { client } = world.stores;
    const dynamodb = createClient(async (command) => {
      reads.push(command.constructor.name);
      return client.send(command as never);
    });
    found.connection = { ...found.connection, dynamodb };
    const listed = async (...args: readonly string[]) =>
      (await handoffs('list', '--json', '--queue', 'sales', ...args)).stdout.trimEnd().split('\n');
    expect(await listed('--status', 'open')).toEqual(scanned.slice(0, 3).filter((_, i) => i !== 1));
    expect(await listed('--late')).toEqual(scanned.slice(0, 1));
    expect(await listed('--status', 'rejected')).toEqual(scanned.slice(3));
    expect(reads).not.toContain('ScanCommand');
    expect(await listed()).toHaveLength(3);
    expect(reads).toContain('ScanCommand');
  });

  it('says what there is if nothing matches', async () => {
    expect((await handoffs('list')).stderr).toBe('No lead is handed off.\n');
    await request('l-1', 'h-1', 1);
    expect((await handoffs('list', '--queue', 'sale')).stderr).toContain('did you mean sales?');
  });

  it('has cells that no spreadsheet runs', async () => {
    await deliver(world, profile('l-1', { name: '=cmd()', company: '+1', owner: '@x' }));
    await request('l-1', 'h-1', -1);
    const [, row] = (await handoffs('list', '--csv')).stdout.split('\r\n');
    expect(row).toMatch(/^l-1,h-1,open,sales,.*,yes,'=cmd\(\),'\+1,'@x$/);
  });
});

describe('sluice handoffs accept and reject', () => {
  it('put an event on the bus that the contract takes', async () => {
    await request('l-1', 'h-1', 1);
    expect(await handoffs('accept', 'h-1', '--by', 'ann')).toMatchObject({ code: 0 });
    expect(await handoffs('reject', '--lead', 'l-1', '--by', 'bob', '--reason', 'no budget')).toMatchObject({
      code: 0,
    });
    const events = sent.map(({ Source, DetailType, Detail }) =>
      parseInbound({ source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) }, Date.now()),
    );
    expect(events).toMatchObject([
      {
        ok: true,
        event: { type: 'HandoffAccepted', data: { leadId: 'l-1', handoffId: 'h-1', actor: 'ann' } },
      },
      { ok: true, event: { type: 'HandoffRejected', data: { handoffId: 'h-1', reason: 'no budget' } } },
    ]);
    expect(sent[0]).toMatchObject({ Source: 'sales.desk', EventBusName: 'bus' });
  });

  it.each([
    ['an unknown id', ['h-9x'], 'there is no hand-off h-9x; `sluice handoffs list` shows them'],
    ['an id with a typing error', ['abcdeg'], 'did you mean abcdef, which is open, of lead l-1?'],
    [
      'the id of another lead',
      ['h-2', '--lead', 'l-1'],
      'lead l-1 has no hand-off h-2; the open one of lead l-1 is abcdef',
    ],
    ['a lead in place of an id', ['l-1'], 'l-1 is a lead, not a hand-off: name it with --lead l-1'],
    [
      'one that was answered',
      ['h-2'],
      'hand-off h-2 of lead l-2 was accepted at 2026-03-02T10:00:00.000Z by ann; nothing was sent',
    ],
    ['a lead whose only one was answered', ['--lead', 'l-2'], 'lead l-2 has no open hand-off'],
    ['a lead without any', ['--lead', 'nobody'], 'lead nobody has no hand-off'],
    ['nothing', [], 'given no hand-off; allowed: the id of one'],
    ['the beginning of several ids', ['h-'], 'several hand-offs have an id that begins with h-'],
    ['a name that is too long', ['abc', '--by', 'x'.repeat(129)], '--by: given'],
    ['our own source', ['abc', '--source', 'sluice'], 'allowed: the source of a producer'],
  ])('refuse %s, and send nothing', async (_, args, message) => {
    await request('l-1', 'abcdef', 1);
    await request('l-2', 'h-2', 1);
    await request('l-3', 'h-3', 1);
    await answered('l-2', 'h-2', 'accepted');
    const { code, stderr } = await handoffs('accept', ...args);
    expect(stderr).toContain(message);
    expect(code).toBeGreaterThan(0);
    expect(sent).toEqual([]);
  });

  it('take the beginning of an id, as a narrow list shows it', async () => {
    await request('l-1', 'abcdef', 1);
    expect(await handoffs('accept', 'abc…')).toMatchObject({ code: 0 });
    expect(JSON.parse(sent[0]?.Detail ?? '').data.handoffId).toBe('abcdef');
  });
});

describe('sluice handoffs show', () => {
  it('shows who the lead is, until when, why, and what to do', async () => {
    await deliver(world, profile('l-1', { name: 'Ada', company: 'Engines' }));
    await request('l-1', 'h-1', -3);
    const { stdout } = await handoffs('show', '--lead', 'l-1');
    expect(stdout).toContain('Hand-off h-1 of lead l-1: open.');
    expect(stdout).toMatch(/^ {2}name +Ada$/m);
    expect(stdout).toContain(', late by 3 h');
    expect(stdout).toContain('`sluice handoffs accept h-1`');
    expect(stdout).toContain('l-1 is at stage');
  });

  it('shows the answer, also to one that was requested elsewhere', async () => {
    await answered('l-1', 'crm-1', 'rejected');
    const { stdout } = await handoffs('show', 'crm-1');
    expect(stdout).toContain('requested  elsewhere');
    expect(stdout).toContain('it was rejected at 2026-03-02T10:00:00.000Z by ann');
  });
});

describe('the deadlines of a hand-off', () => {
  const pass = { queue: 'sales-backup', dueHours: 4 };

  it('are shown with what comes next, if something does', async () => {
    const model = await storeSteps(pass, { escalateTo: 'head-of-sales' });
    await request('l-1', 'h-1', 100, 'sales', model);
    const day = isoIn(100).slice(0, 16).replace('T', ' ');
    const { stdout } = await handoffs('list');
    expect(stdout).toContain(`passes to sales-backup at ${day}`);
    expect((await handoffs('show', 'h-1')).stdout).toContain(
      `  next       it passes to sales-backup at ${day}`,
    );
    const [record] = parseLines((await handoffs('list', '--json')).stdout);
    expect(record).toMatchObject({
      late: false,
      lateMinutes: null,
      next: { followedBy: 'pass', to: 'sales-backup' },
    });
    expect((await handoffs('list', '--csv')).stdout).toContain(`,0,passes to sales-backup at ${day},,no`);
  });

  it('name the time alone if it is today', () => {
    const now = Date.parse('2026-03-02T10:00:00.000Z');
    const handoff = {
      ...{ handoffId: 'h-1', leadId: 'l-1', status: 'open', queue: 'sales', deadline: 1, modelVersion: 'm' },
      dueAt: '2026-03-02T13:00:00.000Z',
    };
    const words = (...steps: object[]) =>
      nextWords(handoff, new Map([['m', stepsOf(...steps).document]]), now);
    expect(words(pass)).toBe('passes to sales-backup at 13:00');
    expect(words({ remindHours: 4 })).toBe('reminds sales at 13:00');
    expect(words({ escalateTo: 'head' })).toBe('escalates to head at 13:00');
    expect(words({ recycle: true })).toBe('goes back to nurture at 13:00');
  });

  it('that were missed are shown, and late counts from the first one', async () => {
    const model = await storeSteps(pass, { escalateTo: 'head-of-sales' });
    await request('l-1', 'h-1', -3.5, 'sales', model);
    const { followUps, handoff } = await readOpen('l-1');
    const missed = { queue: 'sales', dueAt: isoIn(-3.5), followedBy: 'pass' } as const;
    const next = { queue: 'sales-backup', hours: 4, startedAt: missed.dueAt, clock: { dueAt: isoIn(0.5) } };
    await followUps.missDeadline(handoff, { missed, next }, Date.now());
    const { stdout } = await handoffs('show', 'h-1');
    expect(stdout).toMatch(/^ {2}missed +\S+ \S+ by sales: it was passed on$/m);
    expect(stdout).toMatch(/^ {2}due +\S+, late by 3 h$/m);
    expect(stdout).toContain('it escalates to head-of-sales at ');
    expect((await handoffs('list')).stdout).toMatch(
      /sales-backup .* late by 3 h +escalates to head-of-sales at /,
    );
    expect(parseLines((await handoffs('list', '--late', '--json')).stdout)).toMatchObject([
      { lateMinutes: 210 },
    ]);
    await followUps.noteVerdict({
      ...{ leadId: 'l-1', handoffId: 'h-1', status: 'accepted', actor: 'ann', answeredAt: isoIn(0) },
    });
    expect((await handoffs('show', 'h-1')).stdout).toContain('Hand-off h-1 of lead l-1: accepted, 3 h late.');
    expect((await handoffs('list')).stdout).toContain('accepted, 3 h late');
    expect((await handoffs('list', '--late')).stderr).toContain('No hand-off matches.');
  });

  it('that stand still say since when, and are not late', async () => {
    await request('l-1', 'h-1', 3);
    const { followUps, handoff } = await readOpen('l-1');
    await followUps.moveDeadline(handoff, { pausedAt: '2026-03-02T10:00:00.000Z', leftMs: 1 }, Date.now());
    expect((await handoffs('list')).stdout).toContain('stands still since 2026-03-02 10:00');
    const { stdout } = await handoffs('show', 'h-1');
    expect(stdout).toMatch(/^ {2}due +stands still$/m);
    expect(stdout).toContain('  next       it stands still since 2026-03-02 10:00');
  });

  it('that were all missed leave a hand-off late, with the one to whom it was escalated', async () => {
    await request('l-1', 'h-1', -50);
    const { followUps, handoff } = await readOpen('l-1');
    const missed = { queue: 'sales', dueAt: isoIn(-50), followedBy: 'escalate' } as const;
    await followUps.missDeadline(handoff, { missed, escalatedTo: 'head-of-sales' }, Date.now());
    expect((await handoffs('list')).stdout).toMatch(/late by 2 d +escalated to head-of-sales/);
  });

  it('have not begun while the hand-off waits: it says until when, is not late, and can be answered', async () => {
    await request('l-1', 'h-1', -50);
    const followUps = createDynamoDbFollowUps(world.stores.client, 'leads');
    const sample = structuredClone(outboundContracts.LeadTierChanged.sampleEvent);
    const data = { ...sample.detail.data, leadId: 'l-1', version: 9 };
    const event = parseAction({ ...sample, detail: { ...sample.detail, data } });
    const limits = { tracks: {}, tierCooldownHours: 48 };
    await followUps.openHandoff(event, buildRequest({ handoffId: 'h-2' }), Date.now(), limits);
    expect((await handoffs('list')).stdout).toMatch(/waiting +sales .* waiting until 2026-03-03 09:00 /);
    expect((await handoffs('list', '--late')).stdout).not.toContain('h-2');
    const { stdout } = await handoffs('show', 'h-2');
    expect(stdout).toContain('Hand-off h-2 of lead l-1: waiting.');
    expect(stdout).toContain('  asked for  2026-03-01T09:00:00.000Z, at stage mql');
    expect(stdout).toContain('  due        not requested yet: waiting until 2026-03-03 09:00, since one was');
    const [record] = parseLines((await handoffs('list', '--status', 'waiting', '--json')).stdout);
    expect(record).toMatchObject({ handoffId: 'h-2', waitsUntil: '2026-03-03T09:00:00.000Z', late: false });
    expect(record).not.toHaveProperty('dueAt');
    expect(await handoffs('accept', 'h-2', '--by', 'ann')).toMatchObject({ code: 0 });
    const status = 'accepted';
    const answeredAt = '2026-03-04T10:00:00.000Z';
    await followUps.noteVerdict({ leadId: 'l-1', handoffId: 'h-2', status, answeredAt, actor: 'ann' });
    expect((await handoffs('show', 'h-2')).stdout).toContain('Hand-off h-2 of lead l-1: accepted.');
  });

  it('after which a lead was recycled end the hand-off, which can still be answered', async () => {
    await request('l-1', 'h-1', -50);
    const { followUps, handoff } = await readOpen('l-1');
    const missed = { queue: 'sales', dueAt: isoIn(-50), followedBy: 'recycle' } as const;
    const endReason = `nobody answered by ${missed.dueAt}`;
    await followUps.missDeadline(handoff, { missed, endReason }, Date.now());
    const { stdout } = await handoffs('show', 'h-1');
    expect(stdout).toContain('Hand-off h-1 of lead l-1: expired.');
    expect(stdout).toContain(`it expired at ${missed.dueAt}, and the lead went back to nurture`);
    expect(stdout).toContain(`reason     nobody answered by ${missed.dueAt}`);
    expect(stdout).toContain('`sluice handoffs accept h-1`');
    expect(await handoffs('accept', 'h-1', '--by', 'ann')).toMatchObject({ code: 0 });
    expect(sent).toHaveLength(1);
  });
});

describe('a verdict that names no hand-off, or another one', () => {
  const verdict = (handoffId: string, answeredAt: string, actor = 'bob') =>
    createDynamoDbFollowUps(world.stores.client, 'leads').noteVerdict({
      leadId: 'l-1',
      handoffId,
      status: 'accepted',
      answeredAt,
      actor,
    });
  const unnamed = (answeredAt: string) =>
    verdict(unnamedVerdictId({ occurredAt: answeredAt, eventId: 'e-1' }), answeredAt);

  it('is no hand-off itself', async () => {
    await unnamed('2026-03-02T10:00:00.000Z');
    expect((await handoffs('list')).stderr).toBe('No lead is handed off.\n');
    await request('l-1', 'h-1', 1);
    await unnamed(isoIn(0));
    expect(parseLines((await handoffs('list', '--json')).stdout)).toEqual([
      expect.objectContaining({ handoffId: 'h-1', status: 'accepted' }),
    ]);
    const { stdout } = await handoffs('show', '--lead', 'l-1');
    expect(stdout).toMatch(/it was accepted at \S+ by bob$/m);
    expect(stdout).not.toContain('unnamed');
  });

  it('is shown after the hand-off that it answered, which --lead finds', async () => {
    await request('l-1', 'h-1', 1);
    const at = isoIn(0);
    await verdict('crm-1', at);
    const rows = parseLines((await handoffs('list', '--json')).stdout);
    expect(rows.map(({ handoffId }) => handoffId)).toEqual(['h-1', 'crm-1']);
    expect(rows[0]).toMatchObject({
      status: 'answered-elsewhere',
      verdict: 'accepted',
      answeredAs: 'crm-1',
    });
    const shown = (await handoffs('show', '--lead', 'l-1')).stdout;
    expect(shown).toContain('Hand-off h-1 of lead l-1');
    expect(shown).toContain(`it was accepted elsewhere as crm-1 at ${at} by bob`);
    await verdict('crm-2', isoIn(0.01), 'eve');
    expect((await handoffs('show', '--lead', 'l-1')).stdout).toContain('Hand-off h-1 of lead l-1');
    const refused = await handoffs('accept', '--lead', 'l-1');
    expect(refused.stderr).toContain(`hand-off h-1 of lead l-1 was accepted elsewhere as crm-1`);
  });
});

describe('sluice leads', () => {
  const stated = (leadId: string, stage: string) =>
    buildEntry({ type: 'LeadStageChanged', data: { leadId, stage }, id: `s-${leadId}` });

  it('lists customers and leads that sales gave back only on request, and says so', async () => {
    await deliver(world, stated('l-1', 'mql'), stated('l-2', 'customer'));
    const outcome = { leadId: 'l-3', outcome: 'lost' };
    await deliver(world, buildEntry({ type: 'LeadOutcomeRecorded', data: outcome, id: 'lost' }));
    const ids = async (...args: readonly string[]) =>
      parseLines((await leads('--json', ...args)).stdout)
        .map(({ leadId }) => leadId)
        .toSorted();
    expect(await ids()).toEqual(['l-1']);
    expect(await ids('--customers')).toEqual(['l-1', 'l-2']);
    expect(await ids('--recycled')).toEqual(['l-1', 'l-3']);
    expect(await ids('--stage', 'customer')).toEqual(['l-2']);
    expect((await leads()).stderr).toContain(
      'Not listed: 1 customer (--customers) and 1 lead that sales gave back (--recycled).',
    );
  });

  it('shows name, company and owner if anybody has them, and other attributes on request', async () => {
    await deliver(world, profile('l-1', { fullName: 'Ada', account_name: 'Engines', country: 'GB' }));
    expect((await leads()).stdout).toMatch(/^lead +name +company +stage .*\nl-1 +Ada +Engines /);
    expect((await leads('--columns', 'country, region')).stdout).toMatch(
      /^lead +country +region .*\nl-1 +GB +– /,
    );
    expect((await leads('--columns', 'contry')).stderr).toContain('did you mean country?');
    expect((await leads('--columns', '_x')).stderr).toContain('names of attributes, separated by commas');
  });

  it('has everything in JSON, and cells that no spreadsheet runs in CSV', async () => {
    await deliver(world, profile('l-1', { name: '-1+1', owner: '\tx' }));
    expect(parseLines((await leads('--json')).stdout)).toMatchObject([
      {
        leadId: 'l-1',
        shown: { name: '-1+1', company: null },
        action: expect.anything(),
        lastHeard: expect.stringMatching(/Z$/),
        asOf: expect.stringMatching(/Z$/),
        facts: { attributes: { name: ['-1+1', expect.any(Number)] } },
      },
    ]);
    const [titles, row] = (await leads('--csv')).stdout.split('\r\n');
    expect(titles).toMatch(/^leadId,name,company,owner,stage,/);
    expect(row).toMatch(/^l-1,'-1\+1,,/);
  });
});

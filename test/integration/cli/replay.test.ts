import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutboundType, outboundContracts } from '../../../events/index.ts';
import { sluice } from '../../support/sluice-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

const readLines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

let next = 0;
const line = (type: string, data: object, metadata: object = {}): string =>
  JSON.stringify({
    source: 'test.producer',
    'detail-type': type,
    time: '2026-03-01T09:00:00Z',
    detail: {
      metadata: {
        eventId: `e-${next++}`,
        occurredAt: '2026-03-01T09:00:00.000Z',
        schemaVersion: 1,
        ...metadata,
      },
      data: { leadId: 'l-1', ...data },
    },
  });

const did = (leadId: string, activity: string, metadata: object = {}) =>
  line('LeadActivityRecorded', { leadId, activity }, metadata);

const good = [
  did('l-1', 'content_downloaded'),
  line('LeadProfileUpdated', {
    attributes: { seniority: 'executive', department: 'sales', industry: 'software', employees: 600 },
  }),
  did('l-1', 'demo_requested'),
  did('l-2', 'page_visited'),
  line('LeadOutcomeRecorded', { leadId: 'l-3', outcome: 'won', amount: 100 }),
];

/** Lines that must be quarantined, with a word that the reason must contain. */
const bad: [text: string, word: string][] = [
  ['this is not JSON', 'line 1, column 1: given "t"; allowed: an EventBridge entry as JSON'],
  ['7', 'an EventBridge entry'],
  [
    line('LeadStageChanged', { stage: 'prospect' }),
    'detail.data.stage: given "prospect"; allowed: subscriber',
  ],
  [line('LeadStageChanged', {}), 'detail.data.stage: given nothing'],
  [
    line('LeadStageChanged', { stage: 'lead', extra: 1 }),
    'detail.data.extra: given 1; allowed: no such field',
  ],
  [did('no spaces', 'x'), 'detail.data.leadId: given "no spaces"'],
  [did('l-1', 'x', { occurredAt: '1026-01-01T00:00:00Z' }), 'detail.metadata.occurredAt'],
  [did('l-1', 'x', { occurredAt: '2999-01-01T00:00:00Z' }), 'at most 5 minutes ahead of now'],
  [
    line('LeadActivityRecorded', { activity: 'x', count: -1 }),
    'detail.data.count: given -1; allowed: at least 1',
  ],
  [line('LeadActivityRecorded', { activity: 'x', count: 1e12 }), 'detail.data.count: given 1000000000000'],
  [
    line('LeadActivityRecorded', { activity: 'x', count: 1.5 }),
    'detail.data.count: given 1.5; allowed: a whole number',
  ],
  [
    line('LeadProfileUpdated', { attributes: 'many' }),
    'detail.data.attributes: given "many"; allowed: an object',
  ],
  [
    line('LeadProfileUpdated', { attributes: { x: 1 } }).replace('"x":1', '"__proto__":{"y":1}'),
    'detail.data.attributes.__proto__',
  ],
  [
    line('LeadProfileUpdated', { attributes: { x: 1 } }).replace('"x":1', '"x":1e999'),
    'detail.data.attributes.x: given a number beyond',
  ],
  [
    line('LeadProfileUpdated', { attributes: { x: 1 } }).replace(
      '"x":1',
      `"x":${'['.repeat(6_000)}${']'.repeat(6_000)}`,
    ),
    'given more than 1100 levels',
  ],
  [
    line('LeadProfileUpdated', { attributes: { bio: 'x'.repeat(1_000_000) } }),
    '(1000000 characters); allowed: at most 1000',
  ],
  [line('LeadProfileUpdated', { attributes: { bio: 'x'.repeat(1_100_000) } }), '(the whole): given 1100'],
  [line('LeadStageChangd', { stage: 'lead' }), 'detail-type: given "LeadStageChangd"'],
  [line('LeadClockAdvanced', {}), 'detail-type: given "LeadClockAdvanced"; allowed: a type of a producer'],
  [line('LeadsMerged', { mergedLeadId: 'l-1' }), 'detail.data.mergedLeadId: given "l-1"'],
  [line('LeadStageChanged', { stage: 'lead' }).replace('test.producer', 'sluice'), 'source: given "sluice"'],
  [line('LeadStageChanged', { stage: 'lead' }).replace('test.producer', 'aws.x'), 'source: given "aws.x"'],
];

describe('sluice replay', () => {
  let summary: Record<string, unknown>;
  let emitted: { 'detail-type': OutboundType; detail: { data: Record<string, unknown> } }[];
  let leads: Record<string, unknown>[];
  let stdout: string;

  beforeAll(async () => {
    writeFileSync(path('good.jsonl'), `\uFEFF${good.join('\r\n')}\r\n\r\n`);
    const sameIdOtherContent = (activity: string) =>
      did('l-9', activity, { eventId: 'same', occurredAt: '2026-03-02T00:00:00Z' });
    const lines = [...bad.map(([text]) => text), good[3], sameIdOtherContent('a'), sameIdOtherContent('b')];
    writeFileSync(path('bad.jsonl'), lines.join('\n'));
    const result = await sluice(
      ...['replay', path('good.jsonl'), path('bad.jsonl'), '--json'],
      ...['--emitted', path('emitted.jsonl'), '--leads', path('leads.jsonl')],
    );
    expect(result).toMatchObject({ code: 0 });
    stdout = result.stdout;
    summary = JSON.parse(stdout);
    emitted = readLines(path('emitted.jsonl'));
    leads = readLines(path('leads.jsonl'));
  });

  it('prints the summary as one JSON object and nothing else', () => {
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(summary).toEqual({
      received: good.length + bad.length + 3,
      recorded: good.length + 1,
      duplicates: 1,
      quarantined: bad.length + 1,
      announced: emitted.length,
      clockEvents: expect.any(Number),
      expiredDeadlines: 0,
      settled: 0,
      unsettled: 0,
      leads: 4,
      byStage: { subscriber: 2, lead: 0, mql: 1, sql: 0, opportunity: 0, customer: 1 },
      byTier: { none: 2, risky: 1, good: 1, excellent: 0 },
      byCode: expect.objectContaining({ 'not-json': 1, 'unknown-type': 1, 'conflicting-content': 1 }),
      reasons: expect.any(Array),
      unread: expect.any(Array),
      unreadMore: 0,
    });
    const byCode = Object.values(summary.byCode as Record<string, number>);
    expect(byCode.reduce((sum, count) => sum + count)).toBe(bad.length + 1);
  });

  it('writes every lead with its score', () => {
    expect(leads.map(({ leadId }) => leadId)).toEqual(['l-1', 'l-2', 'l-3', 'l-9']);
    expect(leads[0]).toEqual({
      leadId: 'l-1',
      stage: 'mql',
      status: 'active',
      tier: 'good',
      score: 64.97,
      coverage: expect.any(Number),
      dimensions: { profile: 90, engagement: 49.91, qualification: 45, demoReadiness: 5, successFit: 71 },
      modelVersion: 'success-ready@5',
      version: expect.any(Number),
    });
  });

  it('quarantines each bad event with a reason that names field, value and what is allowed', () => {
    const reasons = emitted
      .filter((event) => event['detail-type'] === 'EventQuarantined')
      .map(({ detail }) => (detail.data.reasons as string[]).join('; '));
    expect(reasons).toHaveLength(bad.length + 1);
    for (const [, word] of bad) expect(reasons.filter((reason) => reason.includes(word))).not.toEqual([]);
    expect(reasons.join('\n')).toContain('but other content, is recorded');
  });

  it('starts a hand-off for the lead that became good, and nurtures none that needs none', () => {
    const ofType = (type: string) => emitted.filter((event) => event['detail-type'] === type);
    expect(ofType('HandoffRequested')).toHaveLength(1);
    expect(ofType('HandoffRequested')[0]?.detail.data).toMatchObject({ leadId: 'l-1', queue: 'sales' });
    expect(ofType('NurtureStarted').map(({ detail }) => detail.data.leadId)).toEqual(
      ofType('NurtureStopped').map(({ detail }) => detail.data.leadId),
    );
  });

  it('announces nothing that breaks its contract', () => {
    for (const event of emitted) {
      const { success, error } = outboundContracts[event['detail-type']].detail.safeParse(event.detail);
      expect(error?.issues ?? []).toEqual([]);
      expect(success).toBe(true);
    }
  });

  it('scores by the given model', async () => {
    const { code, stdout: out } = await sluice(
      'replay',
      path('good.jsonl'),
      '--model',
      'models/bant.json',
      '--leads',
      path('bant.jsonl'),
    );
    expect(code).toBe(0);
    expect(out).toContain('3 leads');
    expect(readLines(path('bant.jsonl'))[0]).toMatchObject({ leadId: 'l-1', modelVersion: 'bant@1' });
  });
});

describe('replaying history', () => {
  const past = (leadId: string, activity: string, occurredAt: string) =>
    did(leadId, activity, { occurredAt, backfill: true });
  const history = [
    past('h-1', 'content_downloaded', '2024-03-01T09:00:00Z'),
    past('h-1', 'demo_requested', '2025-03-01T09:00:00Z'),
    past('h-2', 'page_visited', '2025-06-01T09:00:00Z'),
  ];
  const ofLeads = () =>
    readLines(path('settled.jsonl')).filter(({ 'detail-type': type }) =>
      ['LeadStageTransitioned', 'LeadTierChanged'].includes(type),
    );

  it.each<[string, string[]]>([
    ['at its end', []],
    ['on the way, if time passes with the events', ['--until', '2026-03-01']],
  ])('settles each lead once, %s', async (_, options) => {
    writeFileSync(path('history.jsonl'), history.join('\n'));
    const { code, stdout } = await sluice(
      'replay',
      path('history.jsonl'),
      '--emitted',
      path('settled.jsonl'),
      '--json',
      ...options,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ recorded: 3, settled: 2, unsettled: 0 });
    expect(
      ofLeads()
        .map(({ detail }) => [detail.data.leadId, detail.data.trigger])
        .sort(),
    ).toEqual([
      ['h-1', 'backfill'],
      ['h-2', 'backfill'],
    ]);
  });

  it("says how many leads aren't settled by the time given", async () => {
    const { stdout } = await sluice('replay', path('history.jsonl'), '--until', '2025-06-01T09:01:00Z');
    expect(stdout).toContain('History: 0 leads settled, 2 not yet');
  });
});

describe('wrong usage', () => {
  it.each<[string, string[], number, string]>([
    ['no file', ['replay'], 2, "missing required argument 'files'"],
    ['an unknown option', ['replay', 'x', '--faster'], 2, "unknown option '--faster'"],
    [
      'a seed that is no number',
      ['replay', 'x', '--shuffle', 'abc'],
      2,
      'given "abc"; allowed: a whole number',
    ],
    [
      'a fraction above 1',
      ['replay', 'x', '--duplicate', '1.5'],
      2,
      'given "1.5"; allowed: a number from 0 to 1',
    ],
    ['an unknown command', ['score'], 2, "unknown command 'score'"],
    ['a tier that there is not', ['leads', '--tier', 'best'], 2, 'none, risky, good, excellent'],
    [
      'an endpoint that is no URL',
      ['leads', '--endpoint', 'here'],
      2,
      '--endpoint: given here; allowed: a URL',
    ],
    [
      'one file for two outputs',
      ['replay', 'README.md', '--emitted', 'x', '--leads', './x'],
      2,
      './x would be written over x, which is written as well',
    ],
    [
      'an output that is read',
      ['replay', 'package.json', 'README.md', '--leads', './README.md'],
      2,
      './README.md would be written over README.md, which is read',
    ],
    [
      'an output that is the model',
      ['replay', 'README.md', '--emitted', 'models/success-ready.json'],
      2,
      'success-ready.json, which is read',
    ],
    [
      'an output that can not be written',
      ['replay', 'README.md', '--leads', 'no/such/folder/x'],
      1,
      "no/such/folder/x can't be written",
    ],
    [
      'a file that is not there',
      ['replay', 'nowhere.jsonl'],
      1,
      "nowhere.jsonl can't be read: there is no such file",
    ],
    ['a folder for a file', ['replay', 'docs'], 1, "docs can't be read: it is a folder"],
    ['no stack to talk to', ['leads', '--endpoint', 'http://127.0.0.1:9'], 1, 'no local stack answers'],
    ['a model that is not there', ['replay', 'README.md', '--model', 'x.json'], 1, "x.json can't be read"],
    [
      'a model that is none',
      ['replay', 'README.md', '--model', 'package.json'],
      1,
      'dimensions: given nothing; allowed: an object',
    ],
  ])('%s is reported in a clear line', async (_, args, code, message) => {
    const result = await sluice(...args);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('    at ');
    expect(result).toMatchObject({ code, stdout: '' });
  });

  it('every command has help', async () => {
    for (const command of [
      'start',
      'replay',
      'import',
      'explain',
      'next',
      'leads',
      'report',
      'model',
      'send',
    ]) {
      const { code, stdout } = await sluice(command, '--help');
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: sluice ${command}`);
    }
  });
});

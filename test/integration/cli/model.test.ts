import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feed, waitUntilIdle } from '../../../cli/replay/feed.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { readModelFile, smallDocument } from '../../support/models.ts';
import { sluice } from '../../support/sluice-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-model-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file of the test and returns its path. Text is written as it is, other content as JSON. */
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** Returns the small model, with tiers that every stage can reach. */
const document = () => ({ ...smallDocument(), tiers: { excellent: 75, good: 60, risky: 25, hysteresis: 5 } });
const small = file('small.json', { $schema: './schema/model.json', ...document() });
const broken = file('broken.json', { ...document(), tiers: { excelent: 80, good: 60, risky: 25 } });
const odd = file('odd.json', {
  ...document(),
  scorecards: { ...document().scorecards, subscriber: { interest: 1 } },
});

describe('sluice model check', () => {
  it('reports that nothing is wrong', async () => {
    expect(await sluice('model', 'check', small)).toEqual({
      code: 0,
      stdout: `0 errors, 0 warnings in ${small}\n`,
      stderr: '',
    });
  });

  it('finds nothing wrong with the models of the project', async () => {
    const { code, stdout } = await sluice('model', 'check', 'models/success-ready.json', 'models/bant.json');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '0 errors, 0 warnings in 2 files\n' });
  });

  it('reports each error in a line, and fails', async () => {
    const { code, stdout } = await sluice('model', 'check', broken);
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'error tiers.excellent: given nothing; allowed: a number',
      'error tiers.excelent: given 80; allowed: no such field here; did you mean excellent?',
      `2 errors, 0 warnings in ${broken}`,
      '',
    ]);
  });

  it('warns without failing', async () => {
    const { code, stdout } = await sluice('model', 'check', odd);
    expect(code).toBe(0);
    expect(stdout).toContain('warning scorecards.subscriber: given a best score of 70; allowed: 75 or more');
    expect(stdout).toContain(`0 errors, 1 warning in ${odd}\n`);
  });

  it('names the file of each error if there are several, also of those that can’t be read', async () => {
    const cut = file('cut.json', '{ "id": "cut", ');
    const nowhere = join(folder, 'nowhere.json');
    const { code, stdout } = await sluice('model', 'check', odd, cut, nowhere, folder);
    expect(code).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(`${odd}: warning scorecards.subscriber: `);
    expect(lines[1]).toMatch(
      new RegExp(`^${cut}: error \\(the whole\\): given .+ position .+; allowed: JSON$`),
    );
    expect(lines.slice(2)).toEqual([
      `${nowhere}: error (the whole): given there is no such file; allowed: a file that can be read`,
      `${folder}: error (the whole): given it is a folder; allowed: a file that can be read`,
      '3 errors, 1 warning in 4 files',
      '',
    ]);
  });

  it('takes a file with a byte order mark', async () => {
    const marked = file('marked.json', `\uFEFF${JSON.stringify(document())}`);
    expect((await sluice('model', 'check', marked)).code).toBe(0);
  });

  it('prints one JSON object', async () => {
    const { code, stdout } = await sluice('model', 'check', small, odd, broken, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: 2,
      warnings: 1,
      files: [
        { file: small, model: 'small@1', errors: [], warnings: [] },
        { file: odd, errors: [], warnings: [{ path: 'scorecards.subscriber' }] },
        { file: broken, errors: [{ path: 'tiers.excellent' }, { path: 'tiers.excelent' }] },
      ],
    });
  });

  it('is not given the schema as a model, but reports what it lacks', async () => {
    const { code, stdout } = await sluice('model', 'check', 'models/schema/model.json');
    expect(code).toBe(1);
    expect(stdout).toContain('error dimensions: given nothing; allowed: an object');
  });
});

describe('sluice model try on facts', () => {
  const facts = file('facts.json', {
    at: '2026-03-10T09:00:00Z',
    stage: 'mql',
    attributes: { seniority: 'executive' },
    answers: {
      need: { value: 'critical', text: 'Half of our invoices are late.', at: '2026-03-09T09:00:00Z' },
    },
    activities: { page_visited: { count: 3, at: '2026-03-05T09:00:00Z' }, demo_requested: 1 },
    outcomes: {},
  });

  it('shows the standing that the lead would have, and why', async () => {
    const { code, stdout, stderr } = await sluice('model', 'try', small, '--facts', facts);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // interest: 50 for the demo and 15 for three visits; fit: 80
    expect(stdout).toContain(
      'The lead of facts.json is at stage mql and its tier is excellent. It scores 76.25 of 100; 100 %',
    );
    expect(stdout).toContain('hand-off to queue "sales", to be answered within 24 hours');
    expect(stdout).toContain('+50  the lead asked for a demo');
    expect(stdout).toContain('+80  the lead is an executive');
  });

  it('prints one JSON object', async () => {
    const { stdout } = await sluice('model', 'try', small, '--facts', facts, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      stage: 'mql',
      tier: 'excellent',
      score: 76.25,
      coverage: 1,
      dimensions: { interest: 65, fit: 80 },
      modelVersion: 'small@1',
      action: { kind: 'handoff', queue: 'sales' },
      explanation: { counted: [{ criterion: 'executive' }, { criterion: 'demo' }, { criterion: 'visits' }] },
    });
  });

  it('shows what disqualifies', async () => {
    const without = file('without.json', { answers: { need: 'none' } });
    const { stdout } = await sluice('model', 'try', small, '--facts', without);
    expect(stdout).toContain('It is disqualified, since it has no need.');
    expect(stdout).toContain('nurture on track "long-term"');
  });

  it('keeps the given stage, whatever the lead did at that instant', async () => {
    const staged = file('staged.json', { stage: 'lead', activities: { demo_requested: 1 } });
    const { stdout } = await sluice('model', 'try', small, '--facts', staged, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ stage: 'lead' });
  });

  it('derives the stage from the facts if none is given, outcomes included', async () => {
    const won = file('won.json', {
      outcomes: { won: 1, expanded: { count: 2, at: '2026-01-01T00:00:00Z' } },
    });
    const { stdout } = await sluice('model', 'try', small, '--facts', won, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ stage: 'customer' });
  });

  it('judges at the given instant', async () => {
    const later = { ...JSON.parse(readFileSync(facts, 'utf8')), at: '2026-05-01T00:00:00Z' };
    const { stdout } = await sluice('model', 'try', small, '--facts', file('later.json', later), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ dimensions: { interest: 50 } });
  });

  it('notes what the model does not read, with what was probably meant', async () => {
    const misspelt = file('misspelt.json', {
      attributes: { senority: 'executive', seniority: 'executve' },
      activities: { visit: 1 },
    });
    const { code, stderr } = await sluice('model', 'try', small, '--facts', misspelt);
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      `${misspelt}: attributes.senority "executive" gives no points: no rule reads it; did you mean seniority?`,
      `${misspelt}: attributes.seniority "executve" gives no points: no rule reads this value; the model knows executive; did you mean executive?`,
      `${misspelt}: activities.visit gives no points: no rule reads it`,
      '',
    ]);
  });

  it('reports everything that is wrong with the facts', async () => {
    const wrong = file('wrong.json', {
      at: 'today',
      stage: 'won',
      attributes: { seniority: { is: 'executive' } },
      answers: { need: { said: 1 }, size: { value: 'x'.repeat(1_001) } },
      activities: { page_visited: 0, demo_requested: { count: 1.5 } },
      outcomes: { one: 1 },
      more: true,
    });
    const { code, stdout, stderr } = await sluice('model', 'try', small, '--facts', wrong);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      `sluice: ${wrong} holds no facts of a lead:`,
      '  at: given "today"; allowed: an instant in ISO 8601 with its offset from UTC, such as 2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00',
      '  stage: given "won"; allowed: subscriber, lead, mql, sql, opportunity, customer',
      '  attributes.seniority: given {"is":"executive"}; allowed: a string of at most 1000 characters, a finite number, a boolean, a list of at most 50 strings of at most 200 characters, or null',
      '  answers.need.value: given nothing; allowed: a string of at most 1000 characters, a finite number, a boolean, a list of at most 50 strings of at most 200 characters, or null',
      '  answers.need.said: given 1; allowed: no such field here',
      '  answers.size.value: given text of 1001 characters; allowed: at most 1000 characters',
      '  activities.page_visited: given 0; allowed: at least 1',
      '  activities.demo_requested.count: given 1.5; allowed: a whole number',
      '  outcomes.one: given 1; allowed: no such field here',
      '  more: given true; allowed: no such field here',
      '',
    ]);
  });

  it('refuses a name that no object can hold as its own', async () => {
    const proto = file('proto.json', '{"attributes":{"__proto__":1}}');
    const { code, stderr } = await sluice('model', 'try', small, '--facts', proto);
    expect(code).toBe(1);
    expect(stderr).toContain(
      '  attributes.__proto__: given the name "__proto__"; allowed: a name that begins with',
    );
  });

  it('refuses what an event could not contain either', async () => {
    const wrong = file('early.json', {
      at: '1999-01-01T00:00:00Z',
      attributes: { a: 'x'.repeat(1_001), b: 1 },
      answers: { need: { value: 1, at: '1998-01-01T00:00:00Z' } },
    });
    const { code, stderr } = await sluice('model', 'try', small, '--facts', wrong);
    expect(code).toBe(1);
    expect(stderr).toContain('  at: given "1999-01-01T00:00:00Z"; allowed: not before 2000');
    expect(stderr).toContain('  answers.need.at: given "1998-01-01T00:00:00Z"; allowed: not before 2000');
    expect(stderr).toContain('(1001 characters); allowed: at most 1000 characters');
    expect(stderr.split('\n').filter((line) => line.startsWith('  at:'))).toHaveLength(1);
  });

  it.each<[string, () => string[], number, string]>([
    ['a model that is none', () => [broken, '--facts', facts], 1, 'did you mean excellent?'],
    [
      'facts with a number beyond the range of a double',
      () => [small, '--facts', file('huge.json', '{"answers":{"a":{"value":[-1e400]}}}')],
      1,
      'answers.a.value[0]: given a number beyond the range of a double',
    ],
    [
      'facts that are nested too deeply',
      () => [
        small,
        '--facts',
        file('deep.json', `{"attributes":${'['.repeat(60_000)}${']'.repeat(60_000)}}`),
      ],
      1,
      'attributes[0][0][0][0][0][0][0][0][0]: given more than 1100 levels',
    ],
    ['facts that are no JSON', () => [small, '--facts', file('no.json', '{')], 1, 'allowed: JSON'],
    [
      'facts that are not there',
      () => [small, '--facts', 'nowhere.json'],
      1,
      "nowhere.json can't be read: there is no such file",
    ],
    [
      'a model that is not there',
      () => ['nowhere.json', '--facts', facts],
      1,
      "nowhere.json can't be read: there is no such file",
    ],
    ['nothing to try it on', () => [small], 2, 'given neither --lead nor --facts'],
    ['two things at once', () => [small, '--facts', facts, '--lead', 'l-1'], 2, 'given --lead and --facts'],
    [
      'no stack',
      () => [small, '--lead', 'l-1', '--endpoint', 'http://127.0.0.1:9'],
      1,
      'no local stack answers',
    ],
  ])('%s is reported in a clear line', async (_, args, code, message) => {
    const result = await sluice('model', 'try', ...args());
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('    at ');
  });
});

describe('sluice model check with events', () => {
  const events = file(
    'came.jsonl',
    [
      { type: 'LeadProfileUpdated', data: { attributes: { senority: 'director', city: 'Oslo' } }, id: 'c-1' },
      { type: 'LeadProfileUpdated', data: { attributes: { city: null } }, id: 'c-2' },
      { type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, id: 'c-3' },
      { type: 'LeadOutcomeRecorded', data: { outcome: 'won' }, id: 'c-4' },
    ]
      .map((event) => JSON.stringify(buildEntry(event as EventInput)))
      .concat('no event')
      .join('\n'),
  );

  it('compares with every kind of entry, and counts what is no event of a known type', async () => {
    const detail = {
      metadata: { eventId: 'e-1', occurredAt: '2026-03-01T09:00:00Z', schemaVersion: 1 },
      data: { leadId: 'l-1', attributes: { senority: 'C-Level' } },
    };
    const entry = { Source: 'crm', DetailType: 'LeadProfileUpdated', Detail: JSON.stringify(detail) };
    const request = file('request.jsonl', `${JSON.stringify({ Entries: [entry] })}\nhello\n{}\n`);
    const { stdout, stderr } = await sluice(
      'model',
      'check',
      '--events',
      request,
      '--events',
      request,
      small,
    );
    expect(stdout).toContain('Compared with 2 events:');
    expect(stderr).toContain('4 entries of the files are no events of a known type, the first at');
    expect(stderr).toContain('request.jsonl:2');
  });

  it('lists the names that never came, and those that came and no rule reads', async () => {
    const { code, stdout, stderr } = await sluice('model', 'check', small, '--events', events);
    const passedOver = `1 entry of the files is no event of a known type, the first at ${events}:5\n`;
    expect({ code, stderr }).toEqual({ code: 0, stderr: passedOver });
    expect(stdout.split('\n')).toEqual([
      `0 errors, 0 warnings in ${small}`,
      '',
      'Compared with 4 events:',
      '  never came: attributes.seniority; senority came, which no rule reads',
      '  answers that never came: need',
      '  activities that never came: content_downloaded, demo_requested',
      '  gives no points: attributes.city, 1 event: no rule reads it',
      '  gives no points: attributes.senority, 1 event: no rule reads it; did you mean seniority?',
      '',
    ]);
  });

  it('prints the comparison as JSON, too', async () => {
    const { stdout } = await sluice('model', 'check', small, '--json', '--events', events);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: 0,
      comparison: {
        noun: 'event',
        count: 4,
        neverCame: expect.arrayContaining([{ bag: 'attributes', name: 'seniority', meant: 'senority' }]),
        unread: [
          { bag: 'attributes', name: 'city', what: 'name', times: 1, examples: ['"Oslo"'] },
          { bag: 'attributes', name: 'senority', what: 'name', times: 1, meant: 'seniority' },
        ],
      },
    });
  });

  it.each<[string, () => string[], number, string]>([
    ['two models', () => [small, odd, '--events', events], 2, 'given 2 models; allowed: one'],
    [
      'events and a stack',
      () => [small, '--events', events, '--endpoint', 'aws'],
      2,
      'allowed: one of the two',
    ],
    ['no such file', () => [small, '--events', 'nowhere.jsonl'], 1, 'there is no such file'],
  ])('refuses %s', async (_, args, code, message) => {
    const result = await sluice('model', 'check', ...args());
    expect(result).toMatchObject({ code, stderr: expect.stringContaining(message) });
  });

  it('compares no model that has errors', async () => {
    const { code, stdout } = await sluice('model', 'check', broken, '--events', events);
    expect(code).toBe(1);
    expect(stdout).not.toContain('Compared');
  });
});

describe('sluice model try on a lead', () => {
  let running: RunningStack;
  beforeAll(async () => {
    running = await runStack({ onSynthesis: () => {} });
    const at = '2026-03-01T09:00:00.000Z';
    const said: EventInput[] = [
      {
        type: 'LeadProfileUpdated',
        data: { attributes: { seniority: 'executive', industry: 'Computer Software', senority: 'staff' } },
        at,
        id: 'm-1',
      },
      { type: 'LeadActivityRecorded', data: { activity: 'demo_requested' }, at, id: 'm-2' },
    ];
    const lines = said.map((each, i) => ({
      file: 'history',
      number: i + 1,
      text: JSON.stringify(buildEntry({ ...each, data: { leadId: 'my-lead', ...each.data } })),
    }));
    await waitUntilIdle(running, await feed(running, lines, () => {}), () => {});
  });
  afterAll(() => running.close());

  const tryOn = (lead: string, ...more: string[]) =>
    sluice('model', 'try', small, '--lead', lead, '--endpoint', running.stack.endpoint, ...more);

  it('shows the standing that it would have, and the one that it has; nothing is stored', async () => {
    const { code, stdout } = await tryOn('my-lead');
    expect(code).toBe(0);
    expect(stdout).toContain('my-lead is at stage mql and its tier is good. It scores 72.5 of 100');
    expect(stdout).toMatch(/At present, by model success-ready@\w+: [\d.]+ of 100 at stage mql, tier \w+\./);
    const listed = await sluice('leads', '--json', '--endpoint', running.stack.endpoint);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      leadId: 'my-lead',
      modelVersion: `success-ready@${(readModelFile('success-ready') as { version: string }).version}`,
    });
  });

  it('prints one JSON object with both', async () => {
    const { stdout } = await tryOn('my-lead', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      leadId: 'my-lead',
      modelVersion: 'small@1',
      score: 72.5,
      before: { leadId: 'my-lead', stage: 'mql' },
    });
  });

  it('lists what no rule reads among the leads, by the model that judged them or by another one', async () => {
    const endpoint = ['--endpoint', running.stack.endpoint];
    const { code, stdout } = await sluice('unread', ...endpoint);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Known of 1 lead judged by success-ready@\w+, but gives no points:\n/);
    expect(stdout).toMatch(
      /attributes\.senority +1 +2026-03-01 +"staff" +no rule reads it; did you mean seniority\?/,
    );
    expect(stdout).toMatch(
      /attributes\.industry +1 +2026-03-01 +"Computer Software" +no rule reads this value/,
    );
    const byOther = await sluice('unread', '--model', small, '--json', ...endpoint);
    const { models } = JSON.parse(byOther.stdout);
    expect(models).toMatchObject([{ model: 'small@1', leads: 1 }]);
    expect(models[0].names.map(({ name }: { name: string }) => name)).toEqual(['industry', 'senority']);
  });

  it('lists in the explanation what is known and gives no points', async () => {
    const { stdout } = await sluice('explain', 'my-lead', '--endpoint', running.stack.endpoint);
    expect(stdout).toContain(
      'Known, gives no points:\n    attributes.senority "staff": no rule reads it; did you mean seniority?\n' +
        '    attributes.industry "Computer Software": no rule reads this value; the model knows ',
    );
  });

  it('compares a model with the leads of the stack', async () => {
    const { stdout } = await sluice('model', 'check', small, '--endpoint', running.stack.endpoint);
    expect(stdout).toContain('Compared with 1 lead:\n  answers that never came: need\n');
    expect(stdout).toContain('gives no points: attributes.industry, 1 lead: no rule reads it');
  });

  it('reports that there is no such lead', async () => {
    const { code, stderr } = await tryOn('nobody');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'sluice: there is no lead nobody\n' });
  });
});

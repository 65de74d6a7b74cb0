import { beforeAll, describe, expect, it, vi } from 'vitest';
import { addExplain } from '../../../cli/commands/explain.ts';
import { addLeads } from '../../../cli/commands/leads.ts';
import { addModel } from '../../../cli/commands/model.ts';
import { addNext } from '../../../cli/commands/next.ts';
import { addReport } from '../../../cli/commands/report.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { parseFences, readDocument } from '../../support/docs.ts';
import { fadingDocument } from '../../support/fading-model.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';
import { twoDemos } from '../../support/timed-stack.ts';

const found = vi.hoisted(() => ({}) as { connection: Connection });
vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: (_: unknown, work: (connection: Connection) => unknown) => work(found.connection),
}));

const { inFolder } = temporaryFiles();
let model = '';
beforeAll(async () => {
  const stack = await twoDemos('03-20T09:30');
  const attributes = { seniority: 'executive', name: 'Ada' };
  await stack.send(
    stack.entry('03-02T09:00', 'LeadProfileUpdated', { leadId: 'l-1', attributes }),
    stack.entry('03-15T09:00', 'LeadActivityRecorded', { leadId: 'l-2', activity: 'demo_requested' }),
    stack.entry('03-19T09:00', 'LeadProfileUpdated', { leadId: 'l-3', attributes }),
  );
  found.connection = stack.connection;
  model = inFolder('fading.json', JSON.stringify(fadingDocument()));
});

const explain = (...args: string[]) => runCommand(addExplain, 'explain', ...args);
const leads = (...args: string[]) => runCommand(addLeads, 'leads', ...args);
const next = (...args: string[]) => runCommand(addNext, 'next', ...args);
const report = (...args: string[]) => runCommand(addReport, 'report', '--model', model, ...args);
const tryModel = (...args: string[]) => runCommand(addModel, 'model', 'try', model, ...args);

/** Returns the lines on time of what a command prints. */
const timeLines = (stdout: string): string[] => {
  const lines = stdout.split('\n');
  const first = lines.findIndex((line) => line.startsWith('As of '));
  return lines.slice(first, lines.indexOf('', first));
};

const json = async (ran: ReturnType<typeof explain>) => JSON.parse((await ran).stdout);

describe('sluice explain and next', () => {
  it.each([explain, next])('show a lead as of now, as it was, and as it will be', async (show) => {
    expect((await show('l-1')).stdout).toMatch(
      /^l-1 is at stage mql and its tier is good\. It scores 71 of 100/,
    );
    const past = await show('l-1', '--at', '2026-03-04T10:00:00+01:00');
    expect(past.stdout).toMatch(/^l-1 is at stage mql and its tier is excellent\. It scores 77 of 100/);
    expect(timeLines(past.stdout)).toEqual([
      'As of 2026-03-04 09:00 UTC, by what had happened until then.',
      'Falls to good on 6 March 2026, 10:00 UTC, if nothing happens.',
    ]);
    const future = await show('l-1', '--at', '2026-06-01');
    expect(timeLines(future.stdout).slice(0, 1)).toEqual([
      'As of 2026-06-01 00:00 UTC, if nothing happens until then.',
    ]);
    expect(timeLines(future.stdout).at(-1)).toBe('Nothing changes by itself.');
  });

  it.each([explain, next])('print the instant and the next change as JSON', async (show) => {
    const next = { at: '2026-04-05T10:00:00.000Z', what: ['tier', 'action'], tier: 'risky' };
    expect(await json(show('l-1', '--json'))).toMatchObject({ asOf: '2026-03-20T09:30:00.000Z', next });
    expect(await json(show('l-3', '--json'))).toMatchObject({ next: null });
  });

  it.each([explain, next])('say that a lead was not known yet', async (show) => {
    expect(await show('l-2', '--at', '2026-03-14')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "sluice: lead l-2 wasn't known on 14 March 2026, 00:00 UTC: the first that was heard of it is of 15 March 2026, 09:00 UTC\n",
    });
  });
});

describe('sluice leads', () => {
  it('shows the present tier of leads that are listed by the one last announced', async () => {
    const { stdout, stderr } = await leads();
    const rows = stdout.split('\n').map((row) => row.split(/ {2,}/));
    expect(rows[0]?.at(-1)).toBe('next change');
    expect(rows.slice(1, 4).map((row) => [row[0], row[4], row.at(-1)])).toEqual([
      ['l-1', 'good', '2026-04-05: falls to risky'],
      ['l-2', 'excellent', '2026-03-20: falls to good'],
      ['l-3', 'none', '–'],
    ]);
    expect(stderr).toBe(
      'As of 2026-03-20 09:30 UTC.\n1 lead has another tier by now than the one that was last announced, and by which the list is ordered.\n',
    );
  });

  it('lists by the tiers of another instant, for which it reads every lead', async () => {
    const past = await leads('--at', '2026-03-05', '--tier', 'excellent', '--csv');
    expect(past.stdout.split('\r\n').slice(1)).toEqual([
      'l-1,Ada,,,mql,active,excellent,76.37,1,hand-off sales,2026-03-02T09:00:00.000Z,2026-03-05T00:00:00.000Z,fading@1,2026-03-06T10:00:00.000Z,falls to good,',
      '',
    ]);
    expect(past.stderr).toBe('Read the histories of 3 leads.\n');
    const future = await leads('--at', '2026-05-12', '--tier', 'risky');
    expect(future.stdout).toMatch(/^l-2 .* 2026-05-14: falls to no tier$/m);
    expect(future.stdout).not.toContain('l-1');
    expect(future.stderr).toBe(
      'Looked ahead for 3 leads.\nAs of 2026-05-12 00:00 UTC, if nothing happens until then.\n',
    );
  });

  it('prints the stored tier, the instant and the next change as JSON', async () => {
    expect(await json(leads('--json', '--limit', '1'))).toMatchObject({
      leadId: 'l-1',
      tier: 'good',
      storedTier: 'excellent',
      asOf: '2026-03-20T09:30:00.000Z',
      next: { at: '2026-04-05T10:00:00.000Z', tier: 'risky' },
    });
  });
});

describe('sluice report', () => {
  it('counts the tiers as of an instant in the past, and none as of one to come', async () => {
    const { funnel, asOf } = await json(report('--at', '2026-03-08', '--json'));
    expect(asOf).toBe('2026-03-08T00:00:00.000Z');
    expect(funnel.byStage.find(({ stage }: { stage: string }) => stage === 'mql').byTier).toMatchObject({
      excellent: 0,
      good: 1,
    });
    expect(await report('--at', '2026-04-08')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'sluice: --at: given 2026-04-08T00:00:00.000Z, which is yet to come; allowed: an instant up to now, 2026-03-20T09:30:00.000Z\n',
    });
  });
});

describe('sluice model try', () => {
  const facts = () =>
    inFolder('facts.json', '{"at":"2026-03-10T09:00:00Z","stage":"mql","activities":{"demo_requested":1}}');

  it('shows what becomes of a lead by itself, until nothing changes any more', async () => {
    const { stdout } = await tryModel('--lead', 'l-1');
    expect(stdout).toContain(
      [
        'What happens by itself, if nothing else happens:',
        '  when                  what happens      score  next action',
        '  2026-04-05 10:00 UTC  falls to risky    54.96  nurture nurture',
        '  2026-05-10 10:00 UTC  falls to no tier  19.96  nurture nurture',
      ].join('\n'),
    );
    const { upcoming, upcomingGoesOn } = await json(tryModel('--facts', facts(), '--json'));
    expect(upcoming.map(({ tier }: { tier: string }) => tier)).toEqual(['good', 'risky', 'none']);
    expect(upcomingGoesOn).toBe(false);
  });

  it('judges facts of a file as of a later instant', async () => {
    const { stdout } = await tryModel('--facts', facts(), '--at', '2026-03-20');
    expect(stdout).toMatch(
      /^The lead of facts\.json is at stage mql and its tier is good\. It scores 70\.37 of 100/,
    );
    expect(timeLines(stdout)).toEqual([
      'As of 2026-03-20 00:00 UTC, if nothing happens until then.',
      'By itself until then: it falls to good on 15 March 2026, 10:00 UTC.',
    ]);
    expect((await tryModel('--facts', facts(), '--at', '2026-03-10T08:59Z')).stderr).toBe(
      'sluice: --at: given 2026-03-10T08:59:00.000Z; allowed: the instant of the facts, 2026-03-10T09:00:00.000Z, or later\n',
    );
  });

  it('says so if nothing changes by itself', async () => {
    expect((await tryModel('--lead', 'l-3')).stdout).toContain('if nothing else happens:\n  nothing\n');
  });
});

describe('an instant that is none', () => {
  const commands = {
    explain: () => explain,
    leads: () => leads,
    next: () => next,
    report: () => report,
    try: () => tryModel,
  };
  const given = [
    '',
    'now',
    '2026-02-30',
    '2026-3-1',
    '2026-03-01T09:00:00',
    '+012026-01-01T00:00:00Z',
    '1772442000000',
    '\u001b[31m',
  ];

  it.each(
    Object.entries(commands).flatMap(([name, command]) => given.map((at) => [name, at, command] as const)),
  )('is refused by %s: %j', async (_, at, command) => {
    const { code, stdout, stderr } = await command()(`--at=${at}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /option '--at <when>' argument .* is invalid\. given ".*".*; allowed: a day such as 2026-03-01/,
    );
  });

  it.each(['0000-01-01', '9999-12-31T23:59:59.999Z'])('at the end of time is one: %s', async (at) => {
    expect((await leads('--at', at)).code).toBe(0);
    expect((await explain('l-1', '--at', at)).code).toBe(at.startsWith('0') ? 1 : 0);
  });
});

describe('the examples of docs/handing-off.md', () => {
  const printed: ReadonlyMap<string, () => Promise<string[]>> = new Map([
    ['explain', async () => timeLines((await explain('l-1')).stdout)],
    ['past', async () => timeLines((await explain('l-1', '--at', '2026-03-04')).stdout)],
    ['next', async () => timeLines((await next('l-1', '--at', '2026-04-06')).stdout)],
    ['leads', async () => (await leads()).stdout.trimEnd().split('\n')],
  ]);
  const blocks = new Map(
    parseFences(readDocument('handing-off.md')).flatMap(({ marks, body }) => {
      const name = marks.get('shown');
      return name === undefined ? [] : [[name, body] as const];
    }),
  );

  it('are all here', () => expect([...blocks.keys()].sort()).toEqual([...printed.keys()].sort()));

  it.each([...blocks])('%s prints what is shown', async (name, body) => {
    expect(`${(await printed.get(name)?.())?.join('\n')}\n`).toBe(body);
  });
});

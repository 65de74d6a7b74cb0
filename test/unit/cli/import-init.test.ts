import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addImport } from '../../../cli/commands/import.ts';
import { parseMapping } from '../../../cli/import/index.ts';
import { crmExports } from '../../support/crm-exports.ts';
import { runCommand } from '../../support/run-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-init-'));
  for (const [name, build] of Object.entries(crmExports)) writeFileSync(join(folder, name), build());
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const run = (...args: string[]) => runCommand(addImport, 'import', ...args);

describe('sluice import --init', () => {
  it('prints a mapping to standard output, and what it guessed beside it', async () => {
    const { code, stdout, stderr } = await run('--init', path('zoho-leads.csv'));
    expect(code).toBe(0);
    expect(parseMapping(stdout, 'stdout').source).toBe('zoho.export');
    expect(stderr).toContain('zoho-leads.csv is Zoho leads');
  });

  it('writes a mapping that the import takes as it is', async () => {
    const files = [path('hubspot-contacts.csv'), path('hubspot-deals.csv')];
    const map = path('mapping.json');
    expect(await run('--init', ...files, '--map', map)).toMatchObject({ code: 0 });
    const imported = await run(path('hubspot-contacts.csv'), '--map', map, '--out', path('events.jsonl'));
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain('300 rows read: 1120 events about 300 leads');
    expect(imported.stdout).not.toContain('Rows rejected');
  });

  it('prints a mapping that can be copied from a narrow terminal', async () => {
    const wide = { isTTY: true, columns: 60 };
    const before = { isTTY: process.stdout.isTTY, columns: process.stdout.columns };
    Object.assign(process.stdout, wide);
    try {
      const { stdout } = await run('--init', path('zoho-leads.csv'));
      const longest = Math.max(...stdout.split('\n').map((line) => line.length));
      expect(longest).toBeGreaterThan(wide.columns);
      expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`);
    } finally {
      Object.assign(process.stdout, before);
    }
  });

  it.each([
    [['--out', 'o.jsonl'], '--out'],
    [['--json'], '--json'],
    [['--join', 'deals=deals.csv', '--max-rejected', '10'], '--join and --max-rejected'],
    [['--as-of', '2026-03-01', '--model', 'm.json', '--json'], '--as-of, --model and --json'],
  ])('refuses %j, which would do nothing', async (args, listed) => {
    const { code, stdout, stderr } = await run('--init', path('zoho-leads.csv'), ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`given ${listed} with --init; allowed: --map`);
  });

  it.each([
    ['nothing.csv', "is not there or can't be read"],
    ['.', 'is not a file'],
  ])('ends with 1 where the file is %s', async (name, message) => {
    const { code, stderr } = await run('--init', path(name));
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it('replaces no file', async () => {
    writeFileSync(path('mapping.json'), 'mine');
    const { code, stderr } = await run('--init', path('zoho-leads.csv'), '--map', path('mapping.json'));
    expect(code).toBe(2);
    expect(stderr).toContain('mapping.json is there already; --init replaces no file');
    expect(readFileSync(path('mapping.json'), 'utf8')).toBe('mine');
  });
});

describe('sluice import', () => {
  it.each([
    [['--out', 'o.jsonl'], '--map is missing; --init writes a first mapping'],
    [['--map', 'm.json'], '--out is missing'],
    [
      ['other.csv', '--map', 'm.json', '--out', 'o.jsonl'],
      'one CSV file is imported; others are joined with --join',
    ],
  ])('with %j says what is missing', async (args, message) => {
    const { code, stderr } = await run(path('zoho-leads.csv'), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('shows no default of --join in its help', async () => {
    const { stdout } = await run('--help');
    expect(stdout).toContain('--join <name=file>');
    expect(stdout).not.toContain('{}');
  });

  it('counts the names beyond those that it lists as giving no points', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 1_003 }, (_, index) => [`field${index}`, { fixed: 1 }]),
    );
    const names = Object.entries(attributes);
    const events = Array.from({ length: 51 }, (_, index) => ({
      type: 'LeadProfileUpdated',
      attributes: Object.fromEntries(names.slice(index * 20, index * 20 + 20)),
    })).filter((event) => Object.keys(event.attributes).length > 0);
    const mapping = { source: 'crm', leadId: 'id', occurredAt: { fixed: '2026-03-01T10:00:00Z' }, events };
    writeFileSync(path('mapping.json'), JSON.stringify(mapping));
    writeFileSync(path('leads.csv'), 'id\n1\n');
    const { stdout } = await run(
      ...[path('leads.csv'), '--map', path('mapping.json'), '--out', path('e.jsonl'), '--json'],
    );
    const { unread, unreadMore } = JSON.parse(stdout) as { unread: unknown[]; unreadMore: number };
    expect([unread.length, unreadMore]).toEqual([1_000, 3]);
  });

  it('leaves no listener behind, whether it can be done or not', async () => {
    const count = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');
    const before = count();
    const { code } = await run(path('nothing.csv'), '--map', path('nothing.json'), '--out', path('e.jsonl'));
    expect([code, count()]).toEqual([1, before]);
  });

  it.each(['yesterday', '2999-01-01', '2025-02-30', ''])('takes no export of %j', async (given) => {
    const { code, stderr } = await run(path('zoho-leads.csv'), '--as-of', given, '--map', 'm', '--out', 'o');
    expect(code).toBe(2);
    expect(stderr).toContain('allowed: a day or an instant that is past');
  });

  it('takes the instant of an export with an offset, in UTC', async () => {
    const mapping = {
      source: 'crm',
      leadId: 'LEADID',
      events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'page_visited' }, total: 'LEADID' }],
    };
    writeFileSync(path('mapping.json'), JSON.stringify(mapping));
    const args = ['--map', path('mapping.json'), '--out', path('events.jsonl')];
    const bare = await run(path('zoho-leads.csv'), ...args);
    expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining('with --as-of, the instant')]);
    expect((await run(path('zoho-leads.csv'), ...args, '--as-of', '2026-03-01 09:00+02')).code).toBe(0);
    expect(readFileSync(path('events.jsonl'), 'utf8').split('\n')[0]).toContain(
      '"time":"2026-03-01T07:00:00Z"',
    );
  });
});

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

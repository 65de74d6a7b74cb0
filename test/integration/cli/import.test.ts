import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from '../../support/sluice-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { folder, inFolder } = temporaryFiles();

const mapping = {
  source: 'crm',
  leadId: 'id',
  occurredAt: { fixed: '2026-03-01T10:00:00Z' },
  events: [
    { type: 'LeadProfileUpdated', attributes: { employees: { column: 'size', type: 'number' } } },
    { type: 'LeadStageChanged', stage: { fixed: 'mql' }, at: 'qualified' },
  ],
};
const map = inFolder('mapping.json', JSON.stringify(mapping));
const out = join(folder, 'events.jsonl');

/** Returns a file of rows, of which the last ones are bad. */
const leads = (name: string, good: number, bad: number): string => {
  const rows = Array.from({ length: good + bad }, (_, index) =>
    index < good
      ? `l-${index},${index},`
      : `l-${index},about ${index % 2}\u00a0k,2026-02-0${(index % 9) + 1}`,
  );
  return inFolder(name, ['id,size,qualified', ...rows].join('\r\n'));
};

const run = (file: string, ...options: string[]) =>
  sluice('import', file, '--map', map, '--out', out, ...options);

describe('sluice import', () => {
  it('says nothing of what is kept aside where nothing is', async () => {
    const { code, stdout, stderr } = await run(leads('good.csv', 3, 0));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(1)).toEqual([
      '  LeadProfileUpdated  3',
      'Passed over, since "qualified" is empty, or holds what the mapping omits: 3 of events[1] LeadStageChanged.',
      'History, from rows older than a day: 3 events. They announce nothing; each lead is announced once, as it stands, a quarter of an hour after its last one.',
      '',
    ]);
  });

  it('groups the reasons of rejected rows, and ends with 3 where more than a tenth is', async () => {
    const { code, stdout, stderr } = await run(leads('bad.csv', 4, 8));
    expect(code).toBe(3);
    expect(stderr.split('\n')).toEqual([
      'bad.csv: 8 rows: size: given "about 0\\u00a0k", "about 1\\u00a0k"; allowed: a number, written as 1250.5 (lines 6, 7, 8, 9, 10, …)',
      '8 of 12 rows of bad.csv were rejected, more than 10% (--max-rejected). The events of the other rows were written.',
      '',
    ]);
    expect(stdout).toContain('Rows rejected: 8.\nAll rejected rows are in ');
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(4);
    expect(readFileSync(`${out}.rejected.jsonl`, 'utf8').trimEnd().split('\n')).toHaveLength(8);
  });

  it.each([
    ['a tenth exactly', 9, 1, [], 0],
    ['a little more than a tenth', 17, 2, [], 3],
    ['as much as may be', 1, 1, ['--max-rejected', '50'], 0],
    ['more than may be', 1, 1, ['--max-rejected', '49.9'], 3],
    ['one where none may be', 99, 1, ['--max-rejected', '0'], 3],
    ['none where none may be', 1, 0, ['--max-rejected', '0'], 0],
    ['all where all may be', 0, 2, ['--max-rejected', '100'], 0],
    ['nothing, of an empty table', 0, 0, ['--max-rejected', '0'], 0],
  ])('that rejects %s ends so', async (_what, good, bad, options, code) => {
    expect((await run(leads('leads.csv', good, bad), ...options)).code).toBe(code);
  });

  it('has the groups in its summary, and the exit code, with --json', async () => {
    const { code, stdout } = await run(leads('bad.csv', 4, 8), '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      rejectedRows: 8,
      passedOver: [{ event: 'events[1] LeadStageChanged', column: 'qualified', count: 4 }],
      reasons: [{ kind: 'rejected', path: 'size', rows: 8, lines: [6, 7, 8, 9, 10] }],
    });
  });

  it.each(['-1', '101', 'many', '', ' ', 'NaN'])('refuses --max-rejected %j', async (given) => {
    const { code, stderr } = await run(leads('good.csv', 1, 0), `--max-rejected=${given}`);
    expect(code).toBe(2);
    expect(stderr).toContain(`given ${JSON.stringify(given)}; allowed: a percentage from 0 to 100`);
  });

  it('counts each file by itself: a joined one of which too much is rejected fails too', async () => {
    const joined = inFolder('deals.csv', 'lead,x\nl-0,1\nl-0,2,too many\nother,3\n');
    const join = [{ name: 'deals', file: joined, key: 'lead', on: 'id' }];
    const both = inFolder('both.json', JSON.stringify({ ...mapping, join }));
    const { code, stdout, stderr } = await sluice(
      'import',
      leads('good.csv', 3, 0),
      '--map',
      both,
      '--out',
      out,
    );
    expect(code).toBe(3);
    expect(stdout).toContain('Joined deals: 1 row matched, 1 unmatched, 1 rejected.\n');
    expect(stdout).toContain('All rejected and unmatched rows are in ');
    expect(stdout).not.toContain('Rows rejected');
    expect(stderr).toContain('1 of 3 rows of deals.csv were rejected');
  });

  it('ends with 1, and writes nothing, where the columns are others', async () => {
    const missing = join(folder, 'nothing.jsonl');
    const file = inFolder('notes.csv', 'Contacts\n\nid;size;qualified\n');
    const { code, stderr } = await sluice('import', file, '--map', map, '--out', missing);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'line 3 holds names that the mapping asks for: say "header": 3 and "delimiter": ";"',
    );
    expect(existsSync(missing)).toBe(false);
  });

  it.each([
    ['/proc/nope/deep/events.jsonl', 'ENOENT'],
    [`${map}/events.jsonl`, 'EEXIST'],
    ['/dev/null/deep/events.jsonl', 'EEXIST'],
  ])(
    'ends with 1 where the folder of %s can not be made',
    async (missing, code) => {
      const { code: exit, stderr } = await sluice(
        ...['import', leads('good.csv', 1, 0), '--map', map, '--out', missing],
      );
      expect(exit).toBe(1);
      expect(stderr).toContain(`${missing} can't be written: ${code}`);
    },
    15_000,
  );

  it('makes the folders of its results', async () => {
    const deep = join(folder, 'a', 'b', 'events.jsonl');
    const { code } = await sluice('import', leads('good.csv', 1, 0), '--map', map, '--out', deep);
    expect([code, existsSync(deep)]).toEqual([0, true]);
  });
});

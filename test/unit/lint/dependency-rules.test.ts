import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The rules that a small tree of files breaks. */
const broken = (files: Record<string, string>): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-rules-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const args = [
    join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    ...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? '')),
  ];
  let report: string;
  try {
    report = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    report = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(report) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].filter(
    (name) => name !== 'no-orphans',
  );
};

const events = { 'events/index.ts': "export const stages = ['lead'];\n" };

describe('the import table', () => {
  it('lets the pure core read the contracts', () => {
    expect(
      broken({ ...events, 'shared/scoring/a.ts': "export { stages } from '../../events/index.ts';\n" }),
    ).toEqual([]);
  });

  it('lets commands import the rooms of the CLI', () => {
    expect(
      broken({
        'cli/commands/a.ts': "export * from '../dlq/b.ts';\n",
        'cli/dlq/b.ts': "export * from '../text/c.ts';\n",
        'cli/text/c.ts': 'export const c = 1;\n',
      }),
    ).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a module of Node in the pure core', { 'shared/lead/a.ts': "import 'node:fs';\n" }, 'pure-core'],
    [
      'a type of the ledger in the funnel',
      {
        'shared/funnel/a.ts': "import type { A } from '../ledger/a.ts';\nexport type B = A;\n",
        'shared/ledger/a.ts': 'export type A = 1;\n',
      },
      'funnel-imports-down',
    ],
    [
      'an import upwards',
      {
        'shared/scoring/a.ts': "export * from '../lead/index.ts';\n",
        'shared/lead/index.ts': 'export const a = 1;\n',
      },
      'scoring-imports-events',
    ],
    [
      'a module of Node in the keys, which infra reads',
      { 'shared/keys/a.ts': "import 'node:fs';\n" },
      'keys-without-packages',
    ],
    [
      'a key in what knows DynamoDB only, past the entrance of the keys',
      {
        'shared/dynamodb/a.ts': "export * from '../keys/leads.ts';\n",
        'shared/keys/leads.ts': 'export const a = 1;\n',
      },
      'dynamodb-imports-down',
    ],
    ...(
      [
        ['dynamodb', 'ledger', 'dynamodb-imports-down'],
        ['keys', 'dynamodb', 'keys-import-events'],
        ['retry', 'dynamodb', 'retry-imports-nothing'],
        ['ledger', 'quarantine', 'ledger-imports-down'],
        ['quarantine', 'ledger', 'quarantine-imports-down'],
        ['follow-ups', 'ledger', 'follow-ups-import-down'],
        ['entries', 'ledger', 'entries-import-down'],
        ['quarantine-replay', 'ledger', 'quarantine-replay-imports-down'],
        ['funnel-counts', 'ledger', 'funnel-counts-import-down'],
        ['model-store', 'ledger', 'model-store-imports-down'],
        ['bus', 'dynamodb', 'bus-and-lambda-import-events'],
        ['lead', 'ledger', 'lead-imports-down'],
        ['advice', 'ledger', 'advice-imports-down'],
        ['report', 'bus', 'report-imports-down'],
      ] as const
    ).map(([from, to, rule]): [string, Record<string, string>, string] => [
      `an import of ${to} in ${from}`,
      {
        [`shared/${from}/a.ts`]: `export * from '../${to}/index.ts';\n`,
        [`shared/${to}/index.ts`]: 'export const a = 1;\n',
      },
      rule,
    ]),
    [
      'a contract that imports the core',
      { 'events/a.ts': "export * from '../shared/a.ts';\n", 'shared/a.ts': 'export const a = 1;\n' },
      'events-import-nothing',
    ],
    [
      'the schema of an answer in a function',
      {
        'functions/f/a.ts': "export * from '../../events/api/answers/index.ts';\n",
        'events/api/answers/index.ts': 'export const a = 1;\n',
      },
      'answers-only-for-documents',
    ],
    ['a module of Node in the contracts', { 'events/a.ts': "import 'node:fs';\n" }, 'events-only-zod'],
    [
      'a module of Node in the suggester',
      { 'shared/suggest/a.ts': "import 'node:fs';\n" },
      'suggest-by-distance',
    ],
    ...(['infra', 'infra/local', 'cli'] as const).map((folder): [string, Record<string, string>, string] => [
      `a function that ${folder} imports`,
      {
        [`${folder}/a.ts`]: `export * from '${folder === 'infra/local' ? '../..' : '..'}/functions/a/b.ts';\n`,
        'functions/a/b.ts': 'export const b = 1;\n',
      },
      { infra: 'infra-imports-shared', 'infra/local': 'local-runtime', cli: 'cli-imports' }[folder],
    ]),
    [
      'a test that the product imports',
      { 'cli/a.ts': "export * from '../test/b.ts';\n", 'test/b.ts': 'export const b = 1;\n' },
      'product-imports-no-tests',
    ],
    [
      'an import of a file that does not exist',
      { 'cli/a.ts': "export * from './gone.ts';\n" },
      'not-to-unresolvable',
    ],
    [
      'a suggester that imports the contracts',
      { 'shared/suggest/index.ts': "export { stages } from '../../events/index.ts';\n" },
      'suggest-imports-nothing',
    ],
    [
      'a function that imports another',
      {
        'functions/a/handler.ts': "export * from '../b/handler.ts';\n",
        'functions/b/handler.ts': 'export const b = 1;\n',
      },
      'no-function-imports-another',
    ],
    [
      'a function that imports infra',
      {
        'functions/a/handler.ts': "export * from '../../infra/x.ts';\n",
        'infra/x.ts': 'export const x = 1;\n',
      },
      'functions-import-shared',
    ],
    [
      'a contract that is reached past its entrance',
      {
        'events/inbound/a.ts': 'export const a = 1;\n',
        'cli/a.ts': "export * from '../events/inbound/a.ts';\n",
      },
      'one-entrance',
    ],
    [
      'a room of the CLI that imports a command',
      {
        'cli/dlq/a.ts': "export * from '../commands/b.ts';\n",
        'cli/commands/b.ts': 'export const b = 1;\n',
      },
      'rooms-import-no-commands',
    ],
    [
      'two rooms of the CLI that import from each other',
      {
        'cli/stack/a.ts': "export * from '../replay/b.ts';\n",
        'cli/replay/b.ts': 'export const b = 1;\n',
        'cli/replay/c.ts': "export * from '../stack/d.ts';\n",
        'cli/stack/d.ts': 'export const d = 1;\n',
      },
      'no-circle-of-rooms',
    ],
    [
      'a circle',
      { 'cli/a.ts': "export * from './b.ts';\n", 'cli/b.ts': "export * from './a.ts';\n" },
      'no-circular',
    ],
  ])('refuses %s', (_, files, rule) => expect(broken({ ...events, ...files })).toContain(rule));
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { parseFences, readDocument, splitLines } from '../../support/docs.ts';

const folder = new URL('../../../cli/commands/', import.meta.url);
const readSource = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const commands = readdirSync(folder);
const scripts = Object.keys(packageJson.scripts);

/** Returns the problems of a command line in a document. */
const findProblems = (line: string): string[] => {
  // A copy of a file, to work on.
  if (line.startsWith('cp ')) return [];
  const script = /^npm run (\S+)/.exec(line)?.[1];
  if (script !== undefined) return scripts.includes(script) ? [] : [`no script ${script}`];
  const command = /^npx sluice (\S+)/.exec(line)?.[1];
  if (command === undefined) return [`neither npx sluice nor npm run: ${line}`];
  if (!commands.includes(`${command}.ts`)) return [`no command ${command}`];
  // Some have a file for each subcommand.
  const files = commands.filter((file) => file === `${command}.ts` || file.startsWith(`${command}-`));
  const source = [...files, 'connection.ts'].map(readSource).join('\n');
  return [...line.matchAll(/--[a-z-]+/g)]
    .filter(([option]) => !source.includes(`'${option}`))
    .map(([option]) => `${command} has no ${option}`);
};

const documents = [
  'models.md',
  'qualification.md',
  'import.md',
  'handing-off.md',
  'import-exports.md',
  'report.md',
  'audit.md',
  'quarantine.md',
  'runbook.md',
];

describe.each(documents)('the commands of %s', (name) => {
  const lines = parseFences(readDocument(name))
    .filter(({ language, marks }) => language === 'sh' && !marks.has('aws'))
    .flatMap(splitLines);

  it('exist, with their options', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.flatMap(findProblems)).toEqual([]);
  });
});

describe('the check of commands', () => {
  it.each([
    ['npx sluice forget l-1', 'no command forget'],
    ['npx sluice explain l-1 --why', 'explain has no --why'],
    ['npm run bake', 'no script bake'],
    ['make all', 'neither npx sluice nor npm run: make all'],
  ])('finds %s', (line, problem) => expect(findProblems(line)).toEqual([problem]));
});

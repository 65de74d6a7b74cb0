import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inboundContracts, outboundContracts } from '../../../events/index.ts';
import { findDocSection, quotedNames, readDocument } from '../../support/docs.ts';

/** The names in the first column of the tables of a text. */
const namedRows = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => quotedNames(line.split(/(?<!\\)\|/)[1] ?? ''));

describe('docs/events.md', () => {
  const text = readDocument('events.md');

  it.each([
    ['## Events in', inboundContracts],
    ['## Events out', outboundContracts],
  ])('has a row for each event of "%s", and no other', (heading, contracts) => {
    expect(namedRows(findDocSection(text, heading)).toSorted()).toEqual(Object.keys(contracts).toSorted());
  });
});

describe('docs/commands.md', () => {
  const program = readFileSync(new URL('../../../cli/program.ts', import.meta.url), 'utf8');
  const commands = [...program.matchAll(/'\.\/commands\/([\w-]+)\.ts'/g)].map(([, name = '']) => name);
  const rows = namedRows(readDocument('commands.md')).map((row) => /^npx sluice (\w+)/.exec(row)?.[1]);

  it('has a row for each command, and no other', () => {
    expect(commands.length).toBeGreaterThan(10);
    expect([...new Set(rows)].toSorted()).toEqual(commands.toSorted());
  });
});

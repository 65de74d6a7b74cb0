import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Makes mistakes in a copy of the sources and runs the compiler on it, which must report each of them.

const root = resolve(import.meta.dirname, '../../..');
const announcements = 'functions/publish-changes/lead-announcements.ts';

interface Mistake {
  readonly what: string;
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  /** The line that the compiler must report. */
  readonly reported: { readonly file: string; readonly line: string };
}

/** Returns a mistake that is reported at the line in which it is made. */
const mistake = (what: string, file: string, text: string, becomes: string): Mistake => ({
  what,
  file,
  text,
  becomes,
  reported: { file, line: becomes },
});

const mistakes: readonly Mistake[] = [
  mistake('a misspelt field of an announcement', announcements, 'queue: text', 'queu: text'),
  mistake(
    'an announcement without its fields',
    announcements,
    "action: { kind: 'none' }, actionChanged: true",
    'akshun: 1',
  ),
  mistake('a misspelt kind of transition', 'shared/funnel/stages.ts', "return 'stayed'", "return 'stayd'"),
  mistake('a misspelt trigger', 'shared/funnel/resolve-stage.ts', "'stated', last", "'statet', last"),
  mistake('a misspelt status', 'shared/lead/judge.ts', "'disqualified' :", "'disqualifid' :"),
  mistake('a misspelt field of a change', 'shared/lead/changes.ts', 'because: is,', 'becaus: is,'),
  mistake('a change of another type', 'shared/lead/close.ts', "type: 'LeadErased'", "type: 'LeadRedirected'"),
  {
    what: 'a field of the standing that no contract has',
    file: 'shared/lead/state.ts',
    text: 'readonly heldBack?: true;',
    becomes: 'readonly heldBack?: true; readonly heldUp?: true;',
    reported: { file: announcements, line: '...standing, actionChanged, ...change' },
  },
  {
    what: 'a new fact that is not merged',
    file: 'shared/scoring/facts.ts',
    text: 'readonly accepted?: Dated<VerdictSource>;',
    becomes: 'readonly accepted?: Dated<VerdictSource>; readonly deferred?: Dated<VerdictSource>;',
    reported: { file: 'shared/lead/merge-facts.ts', line: 'const merged: EveryFact' },
  },
  {
    what: 'an inbound type that is neither a signal nor none',
    file: 'shared/lead/signal.ts',
    text: "    case 'LeadOutcomeRecorded':\n",
    becomes: '',
    reported: { file: 'shared/lead/signal.ts', line: 'event satisfies never' },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'sluice-compile-'));
afterAll(() => rmSync(folder, { recursive: true }));

const make = ({ file, text, becomes }: Mistake): void => {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) throw new Error(`${file} must hold ${JSON.stringify(text)} once`);
  writeFileSync(path, source.replace(text, becomes));
};

/** Returns the lines that the compiler reports, by file. */
const compile = (): Map<string, string[]> => {
  const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'];
  let output = '';
  try {
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const reported = new Map<string, string[]>();
  for (const [, file = '', line] of output.matchAll(/^(\S.*)\((\d+),\d+\): error /gm)) {
    const text = readFileSync(join(folder, file), 'utf8').split('\n')[Number(line) - 1] ?? '';
    reported.set(file, [...(reported.get(file) ?? []), text]);
  }
  return reported;
};

describe('the compiler', () => {
  let reported: Map<string, string[]>;

  beforeAll(() => {
    for (const name of ['events', 'shared', 'functions/publish-changes', 'package.json', 'tsconfig.json']) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const config = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ ...config, include: ['functions/publish-changes'] }),
    );
    for (const one of mistakes) make(one);
    reported = compile();
  });

  it.each(mistakes)('reports $what', ({ reported: { file, line } }) => {
    expect(reported.get(file)).toContainEqual(expect.stringContaining(line));
  });

  it('reports no other file', () => {
    const expected = new Set(mistakes.map((one) => one.reported.file));
    expect([...reported.keys()].sort()).toEqual([...expected].sort());
  });
});

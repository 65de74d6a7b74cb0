import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const cwd = new URL('../../../', import.meta.url);

/** The files that may write to the terminal. */
const doors = [
  // What is printed goes through this one.
  'cli/output/print.ts',
  // Draws a bar; its words are constants.
  'cli/output/progress.ts',
  // Runs on any version of Node, before the rest does.
  'cli/sluice.js',
  // Runs in a worker whose output the local stack takes as the log of a function.
  'infra/local/function-worker.ts',
];

const writes =
  /\bconsole\s*(?:\.\s*(?!ts\b)[a-z]\w*|\[)|=\s*console\b|\bprocess\s*\.\s*std(out|err)\b|\bstd(out|err)\b.*\bfrom\b|node:(process|console)\b|\/dev\/(tty|std)/;

const files = globSync('{cli,infra/local}/**/*.{ts,js}', { cwd: cwd.pathname }).toSorted();
const find = (text: RegExp): string[] =>
  files.filter((file) => text.test(readFileSync(new URL(file, cwd), 'utf8')));

describe('the output of commands', () => {
  it('leaves through one file, so that no value from outside is printed as it came', () =>
    expect(find(writes)).toEqual(doors));

  it('is as it came only if a user asks for a raw text', () =>
    expect(find(/\bprintRaw\b/)).toEqual(['cli/commands/quarantine.ts', 'cli/output/print.ts']));

  it.each([
    "console.log('x')",
    'process.stdout.write(x)',
    'process . stderr.write(x)',
    "console['log']('x')",
    'const { log } = console;',
    "import { stdout } from 'node:process';",
    "import out from 'node:console';",
    "writeFileSync('/dev/tty', x)",
  ])('would be found if it left by %s', (line) => expect(writes.test(line)).toBe(true));
});

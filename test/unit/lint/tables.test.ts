import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const cwd = new URL('../../../', import.meta.url);

/** The declaration of an object that is a table of any names. */
const table = /^(?:export )?const (\w+): (?:Readonly<)?Record<string, .*= \{/gm;

/** Returns the tables of a source text that are read by a name without a look at whether the name is theirs. */
const findOpenTables = (source: string): string[] =>
  [...source.matchAll(table)]
    .map(([, name = '']) => name)
    .filter(
      (name) =>
        new RegExp(`\\b${name}\\[(?!['"])`).test(source) && !source.includes(`Object.hasOwn(${name}, `),
    );

const files = globSync('{cli,shared,functions,events,infra,console}/**/*.{ts,tsx}', {
  cwd: cwd.pathname,
}).toSorted();

describe('a table of any names', () => {
  it('is a Map, or is asked whether a name is its own: every object has a constructor', () => {
    const found = files.flatMap((file) =>
      findOpenTables(readFileSync(new URL(file, cwd), 'utf8')).map((name) => `${file}: ${name}`),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    [
      'is read as it is',
      'const colours: Record<string, string> = { red: "f00" };\nread(colours[name]);',
      ['colours'],
    ],
    [
      'is exported',
      'export const colours: Readonly<Record<string, string>> = {\n};\nread(colours[of(name)]);',
      ['colours'],
    ],
    [
      'is asked first',
      'const colours: Record<string, string> = {};\nObject.hasOwn(colours, name) ? colours[name] : 0;',
      [],
    ],
    [
      'is read by a name of its own',
      "const colours: Record<string, string> = {};\nread(colours['red']);",
      [],
    ],
    ['has a closed set of names', 'const colours: Record<Colour, string> = {};\nread(colours[name]);', []],
  ])('that %s is judged', (_, source, found) => expect(findOpenTables(source)).toEqual(found));
});

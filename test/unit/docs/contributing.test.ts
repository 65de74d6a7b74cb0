import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { findDocSection, quotedNames } from '../../support/docs.ts';

const root = new URL('../../../', import.meta.url);
const contributing = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8');

/** Whether a text in code quotes is a path: words joined by slashes, or the name of a file. Placeholders are none. */
const isPath = (text: string): boolean =>
  /^\.?[\w-][\w.-]*(\/[\w.-]+)+\/?$|^[\w-]+\/$|^[\w.-]+\.(ts|json|md|cjs)$/.test(text);

const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');

const listPaths = (text: string): string[] => quotedNames(withoutBlocks(text)).filter(isPath);

const findMissing = (text: string): string[] =>
  listPaths(text).filter((path) => !existsSync(new URL(path, root)));

describe('CONTRIBUTING.md', () => {
  it('names only files and folders that exist', () => {
    expect(listPaths(contributing).length).toBeGreaterThan(60);
    expect(findMissing(contributing)).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const scripts = [...contributing.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !Object.hasOwn(packageJson.scripts, script))).toEqual([]);
  });

  it('lists each kind of change that it has a section for', () => {
    const changes = findDocSection(contributing, '## Common changes');
    const headings = [...changes.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    const listed = [...changes.matchAll(/^- \[(.+)\]\(#.+\)$/gm)].map(([, heading]) => heading);
    expect(headings.length).toBeGreaterThan(5);
    expect(listed).toEqual(headings);
  });
});

describe('the check of paths', () => {
  it.each([
    ['`shared/gone/`, `shared/lead` and `cli/main.ts`', ['shared/gone/']],
    ['`gone.json` and `package.json`', ['gone.json']],
    ['`npm run lint`, `node:*`, `<name>.ts`, `announce()` and [the web](https://example.com/gone)', []],
  ])('finds in %s: %j', (text, missing) => expect(findMissing(text)).toEqual(missing));
});

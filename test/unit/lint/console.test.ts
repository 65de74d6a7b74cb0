import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const cwd = new URL('../../../', import.meta.url);
const files = globSync('console/**/*.{ts,tsx,html}', { cwd: cwd.pathname }).toSorted();
const find = (text: RegExp): string[] =>
  files.filter((file) => text.test(readFileSync(new URL(file, cwd), 'utf8')));

const html = /dangerouslySetInnerHTML|(inner|outer)HTML|insertAdjacentHTML|document\s*\.\s*write/;
const code = /\beval\(|new Function\(|javascript:/;
const logs = /\bconsole\s*\.\s*(log|info|warn|error|debug)\b/;
const stores = /\b(local|session)Storage\b|indexedDB|document\s*\.\s*cookie|\bcaches\b/;

describe('the sources of the console', () => {
  it('are found', () => expect(files.length).toBeGreaterThan(30));

  it('make no HTML or code of texts, which may come from outside', () => {
    expect(find(html)).toEqual([]);
    expect(find(code)).toEqual([]);
  });

  it('write dates and numbers by the locale, which also has the region of the reader, and not by the language', () =>
    expect(find(/\blanguage\.value\b|\.toLocale\w+\('/)).toEqual([
      'console/app/navigation.tsx',
      'console/texts/texts.ts',
    ]));

  it('state the language of English texts through one part, around nothing else', () =>
    expect(find(/\blang="en"/)).toEqual(['console/index.html']));

  it('log nothing', () => expect(find(logs)).toEqual([]));

  it('store only settings without personal data (language, times in UTC, single keys) and what a redirect to the issuer needs', () =>
    expect(
      find(stores).filter(
        (file) =>
          !/^console\/(session\/[\w-]+|texts\/texts|parts\/time-zone|pages\/today\/keys)\.ts$/.test(file),
      ),
    ).toEqual([]));

  it('store nothing that docs/console.md does not list', () => {
    const docs = readFileSync(new URL('docs/console.md', cwd), 'utf8');
    for (const file of find(/\b(local|session)Storage\.setItem\(/)) {
      const text = readFileSync(new URL(file, cwd), 'utf8');
      const keys = [...text.matchAll(/'(sluice[.-][\w-]+)'/g)].flatMap(([, key]) => key ?? []);
      expect(keys, file).not.toEqual([]);
      const storage = text.includes('localStorage') ? 'localStorage' : 'sessionStorage';
      for (const key of keys) expect(docs, file).toContain(`| \`${storage}\`, \`${key}\` |`);
    }
  });

  it.each([
    [html, '<p dangerouslySetInnerHTML={{ __html: name }} />'],
    [html, 'element.innerHTML = name;'],
    [code, 'eval(text)'],
    [logs, 'console.log(lead)'],
    [stores, "sessionStorage.setItem('lead', id)"],
  ])('would be found by %s', (rule, line) => expect(rule.test(line)).toBe(true));
});

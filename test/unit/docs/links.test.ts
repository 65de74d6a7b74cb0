import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../support/docs.ts';

const root = new URL('../../../', import.meta.url);
const folder = new URL('docs/', root);

/** Returns the anchors of the headings, formed by the rules of GitHub. */
const listAnchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const leadsNowhere = (text: string, base: URL, file: string, anchor: string | undefined): boolean => {
  if (file.startsWith('https://')) return false;
  const linked = new URL(file, base);
  if (file !== '' && !existsSync(linked)) return true;
  if (anchor === undefined) return false;
  return !listAnchors(file === '' ? text : readFileSync(linked, 'utf8')).includes(anchor);
};

/** Returns the links that lead nowhere from a folder. Links to the web are not checked. */
const brokenLinks = (text: string, base = folder): string[] =>
  [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
    .filter(([, file = '', anchor]) => leadsNowhere(text, base, file, anchor))
    .map(([link]) => link);

const listDocuments = (base: URL): string[] => readdirSync(base).filter((file) => file.endsWith('.md'));

describe.each(listDocuments(folder))('the links of %s', (name) => {
  it('lead somewhere', () => expect(brokenLinks(readDocument(name))).toEqual([]));
});

const integrations = new URL('integrations/', folder);

describe.each(listDocuments(integrations))('the links of integrations/%s', (name) => {
  it('lead somewhere', () => {
    expect(brokenLinks(readDocument(`integrations/${name}`), integrations)).toEqual([]);
  });
});

describe.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])('the links of %s', (name) => {
  it('lead somewhere', () => {
    expect(brokenLinks(readFileSync(new URL(name, root), 'utf8'), root)).toEqual([]);
  });
});

describe('the check of links', () => {
  it.each([
    ['a [link](#here)\n\n## There\n', ['](#here)']],
    ["a [link](#what-it-cant-do)\n\n## What it can't do\n", []],
    ['a [file](nowhere.md)', ['](nowhere.md)']],
    ['a [file](import.md)', []],
    ['a [part](import.md#dates) and [no part](import.md#data)', ['](import.md#data)']],
    ['a [page](https://example.com/nowhere#here)', []],
  ])('%j', (text, broken) => expect(brokenLinks(text)).toEqual(broken));
});

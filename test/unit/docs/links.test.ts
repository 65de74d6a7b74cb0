import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../support/docs.ts';

const folder = new URL('../../../docs/', import.meta.url);

/** Returns the anchors of the headings, formed by the rules of GitHub. */
const listAnchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const leadsNowhere = (text: string, file: string, anchor: string | undefined): boolean => {
  if (file.startsWith('https://')) return false;
  if (file !== '' && !existsSync(new URL(file, folder))) return true;
  if (anchor === undefined) return false;
  return !listAnchors(file === '' ? text : readDocument(file)).includes(anchor);
};

/** Returns the links that lead nowhere. Links to the web are not checked. */
const brokenLinks = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
    .filter(([, file = '', anchor]) => leadsNowhere(text, file, anchor))
    .map(([link]) => link);

const documents = readdirSync(folder).filter((file) => file.endsWith('.md'));

describe.each(documents)('the links of %s', (name) => {
  it('lead somewhere', () => expect(brokenLinks(readDocument(name))).toEqual([]));
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

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../support/docs.ts';

const folder = new URL('../../../docs/', import.meta.url);

/** As GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const brokenLinks = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
    .filter(([, file = '', anchor]) =>
      file === '' ? !anchorsOf(text).includes(anchor ?? '') : !existsSync(new URL(file, folder)),
    )
    .map(([link]) => link);

describe.each(['models.md', 'import.md', 'report.md'])('the links of %s', (name) => {
  it('lead somewhere', () => expect(brokenLinks(readDocument(name))).toEqual([]));
});

describe('the check of links', () => {
  it.each([
    ['a [link](#here)\n\n## There\n', ['](#here)']],
    ["a [link](#what-it-cant-do)\n\n## What it can't do\n", []],
    ['a [file](nowhere.md)', ['](nowhere.md)']],
    ['a [file](import.md)', []],
  ])('%j', (text, broken) => expect(brokenLinks(text)).toEqual(broken));
});

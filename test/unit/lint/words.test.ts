import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { avoidedWords } from '../../../scripts/avoided-words.ts';
import { checkWords, findAvoidedWords } from '../../../scripts/check-words.ts';

const glossary = readFileSync(resolve(import.meta.dirname, '../../../docs/glossary.md'), 'utf8');

const rowsBelow = (heading: string): string[][] =>
  (glossary.split(`## ${heading}`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('the words of the glossary', () => {
  it('are the ones that the check refuses, with what to say instead', () => {
    expect(rowsBelow('Words that must not come back')).toEqual(
      avoidedWords.map(({ not, but }) => [not, but]),
    );
  });

  it.each([
    ['const storyOf = 1;', 'storyOf'],
    ['/** The story of an event. */', 'story'],
    ['The event is mended.', 'mended'],
    ['class QuarantineDesk {}', 'eDesk'],
    ['interface Place {', 'interface Place'],
    ['withheld: number', 'withheld'],
    ['records set aside', 'records set aside'],
    ['kept models', 'kept models'],
    ['purged', 'purged'],
    ['interface Entry {', 'interface Entry'],
    ['onceAModel', 'onceAModel'],
    ['the levers', 'levers'],
    ['never holding', 'never holding'],
    ['told apart', 'told apart'],
    ['a claim of the condition', 'claim of the condition'],
  ])('are refused in names, comments and pages: %s', (text, found) => {
    expect(findAvoidedWords('a.md', text).map((finding) => finding.found)).toContain(found);
  });

  it('are looked for in code, pages and the README', () => {
    const root = mkdtempSync(join(tmpdir(), 'sluice-words-'));
    for (const file of ['shared/a.ts', 'docs/b.md', 'README.md']) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), 'keptAt');
    }
    expect(checkWords(root).map(({ file }) => file)).toEqual(['README.md', 'docs/b.md', 'shared/a.ts']);
    rmSync(root, { recursive: true });
  });

  it('names the file and the line, and what to say instead', () => {
    expect(findAvoidedWords('a.ts', 'one\nkeptAt')).toEqual([
      { file: 'a.ts', line: 2, found: 'keptAt', instead: 'model store' },
    ]);
  });

  it.each(['history', 'a corrected event', 'a place to wait', 'LedgerEntry', 'aws sqs purge-queue'])(
    'leaves other words alone: %s',
    (text) => {
      expect(findAvoidedWords('a.md', text)).toEqual([]);
    },
  );
});

describe('how a doc comment begins', () => {
  it.each(['/** What of a batch is new. */', '/**\n * Where it lies.\n */', '/** Gives the leads. */'])(
    'is refused without a subject: %j',
    (text) => {
      expect(findAvoidedWords('a.ts', text)).toMatchObject([
        { instead: 'a full sentence in the third person' },
      ]);
    },
  );

  it('is accepted as a full sentence', () => {
    expect(findAvoidedWords('a.ts', '/** Returns the leads of a batch, grouped by id. */')).toEqual([]);
  });

  it('counts in code alone', () => {
    expect(findAvoidedWords('a.md', '/** What of it. */')).toEqual([]);
  });
});

import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { avoidedOpening, avoidedWords } from './avoided-words.ts';

const sources = '{events,shared,functions,infra,cli,console,scripts,bench,test,docs}/**/*.{ts,tsx,md}';
const pages = '*.{md,ts}';

/** Files that must name the words, or that record the past. */
const exempt = new Set([
  'docs/glossary.md',
  'scripts/avoided-words.ts',
  'CHANGELOG.md',
  'test/unit/lint/words.test.ts',
]);

export interface WordFinding {
  readonly file: string;
  /** The line of the finding, counted from 1. */
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

const countLine = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** Returns every avoided word of a text, and every avoided opening of a doc comment. */
export const findAvoidedWords = (file: string, text: string): WordFinding[] => {
  const words = avoidedWords.flatMap(({ but, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ match, instead: but })),
  );
  const openings = /\.tsx?$/.test(file)
    ? [...text.matchAll(avoidedOpening)].map((match) => ({
        match,
        instead: 'a full sentence in the third person',
      }))
    : [];
  return [...words, ...openings].map(({ match, instead }) => ({
    file,
    line: countLine(text, match.index),
    found: match[0].replaceAll(/\s+/g, ' '),
    instead,
  }));
};

/** Returns the findings in all sources and pages below `root`. */
export const checkWords = (root: string): WordFinding[] =>
  globSync([sources, pages], { cwd: root })
    .filter((file) => !exempt.has(file))
    .sort()
    .flatMap((file) => findAvoidedWords(file, readFileSync(join(root, file), 'utf8')));

if (import.meta.main) {
  const findings = checkWords(resolve(import.meta.dirname, '..'));
  for (const { file, line, found, instead } of findings) {
    console.error(`${file}:${line}: "${found}" is avoided; use: ${instead} (docs/glossary.md)`);
  }
  if (findings.length > 0) process.exitCode = 1;
  else console.log('No avoided words.');
}

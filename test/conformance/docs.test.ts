import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedDifferences } from './expected-differences.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/conformance.md'), 'utf8');
const [, section = ''] = text.split('<!-- differences -->');

describe('docs/conformance.md', () => {
  it('tells every difference that is expected, and no other', () => {
    const rows = section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| ') && line !== '| behaviour | how it differs |');
    const expected = Object.values(expectedDifferences).flatMap((differences) =>
      Object.entries(differences).map(([behaviour, how]) => `| ${behaviour} | ${how} |`),
    );
    expect(rows).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { markAuthored, splitAuthored, withoutMarks } from '../../../console/parts/authored-marks.ts';
import { es } from '../../../console/texts/es.ts';

const given = es.parts.given(
  ...(['data.stage', '"x"', 'one of lead, mql'].map(markAuthored) as [string, string, string]),
);

describe('a text in which others have words', () => {
  it('is split into theirs and those in the language of the reader', () => {
    expect(splitAuthored(given)).toEqual([
      { text: 'data.stage', isAuthored: true },
      { text: ': valor ', isAuthored: false },
      { text: '"x"', isAuthored: true },
      { text: '; permitido: ', isAuthored: false },
      { text: 'one of lead, mql', isAuthored: true },
    ]);
    expect(withoutMarks(given)).toBe('data.stage: valor "x"; permitido: one of lead, mql');
  });

  it('stays whole where nobody else has words', () =>
    expect(splitAuthored('Hoy')).toEqual([{ text: 'Hoy', isAuthored: false }]));

  it('has one text of theirs also if that has the signs of the marks', () =>
    expect(splitAuthored(markAuthored('a\u2069b\u2068c'))).toEqual([{ text: 'abc', isAuthored: true }]));
});

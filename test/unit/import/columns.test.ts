import { describe, expect, it } from 'vitest';
import { nearest } from '../../../cli/import/columns.ts';

describe('the column that was meant', () => {
  const names = ['mql_id', 'first_contact_date', 'landing_page_id', 'origin'];

  it.each([
    ['orgin', 'origin'],
    ['Origin', 'origin'],
    ['First Contact Date', 'first_contact_date'],
    ['mql-id', 'mql_id'],
    ['landing_page', 'landing_page_id'],
    ['country', undefined],
    ['x', undefined],
  ])('by %s is %s', (given, meant) => {
    expect(nearest(given, names)).toBe(meant);
  });
});

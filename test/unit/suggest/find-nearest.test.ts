import { describe, expect, it } from 'vitest';
import { findNearest } from '../../../shared/suggest/index.ts';

describe('the name that was meant', () => {
  const names = [
    'mql_id',
    'first_contact_date',
    'landing_page_id',
    'origin',
    'jobTitle',
    'deals.lead_id',
    'sql',
  ];

  it.each([
    ['orgin', 'origin'],
    ['Origin', 'origin'],
    ['First Contact Date', 'first_contact_date'],
    ['mql-id', 'mql_id'],
    ['landing_page', 'landing_page_id'],
    ['job_titel', 'jobTitle'],
    ['deals.leadid', 'deals.lead_id'],
    ['SQL', 'sql'],
    ['mql', undefined],
    ['country', undefined],
    ['x', undefined],
    ['', undefined],
    ['_', undefined],
  ])('by %s is %s', (given, meant) => {
    expect(findNearest(given, names)).toBe(meant);
  });

  it('is the nearest, and the first of several that are', () => {
    expect(findNearest('problemz', ['problematic', 'problems', 'problem'])).toBe('problems');
    expect(findNearest('colum', ['column', 'colums'])).toBe('column');
  });

  it('is no other number: a sign before a digit is part of it', () => {
    expect(findNearest('-50', ['50'])).toBeUndefined();
    expect(findNearest('1.5', ['15'])).toBeUndefined();
  });

  it('compares no names that are longer than anybody types', () => {
    const long = 'n'.repeat(2_000_000);
    expect(findNearest(`${long}a`, [`${long}b`])).toBeUndefined();
    expect(findNearest('orgin', [long, 'origin'])).toBe('origin');
  });
});

import { describe, expect, it } from 'vitest';
import { findLeads, isCovered, readFilters, sortLeads } from '../../../console/pages/leads/filters.ts';
import { foldText, type ListedLead, toRow } from '../../../console/pages/leads/listed-lead.ts';
import { readSome } from '../../../console/pages/leads/read-some.ts';
import { findWindow } from '../../../console/pages/leads/window-rows.ts';

const lead = (leadId: string, given: Partial<ListedLead> = {}) =>
  toRow({
    leadId,
    version: 1,
    stage: 'lead',
    status: 'active',
    tier: 'good',
    score: 50,
    coverage: 1,
    dimensions: {},
    action: { kind: 'none' },
    modelVersion: 'm@1',
    asOf: '2026-03-01T08:00:00.000Z',
    lastHeard: '2026-03-01T08:00:00.000Z',
    ...given,
  });

const idsOf = (rows: readonly ListedLead[]): string[] => rows.map(({ leadId }) => leadId);

describe('the filters of Leads', () => {
  it('are read from the address, and a value that is none counts as no filter', () => {
    expect(readFilters(new URLSearchParams('stage=sql&tier=risky&owner=rep-1'))).toMatchObject({
      stage: 'sql',
      tier: 'risky',
      owner: 'rep-1',
      sort: 'score',
      show: 'all',
    });
    expect(readFilters(new URLSearchParams('stage=x&tier=x&sort=x&show=x&owner='))).toMatchObject({
      stage: undefined,
      tier: undefined,
      owner: undefined,
      sort: 'score',
      show: 'all',
    });
  });

  const all = { tier: undefined, stage: undefined, lane: undefined, owner: undefined };
  it.each([
    [{ ...all, tier: 'good' as const }, all, true],
    [{ ...all, tier: 'good' as const, stage: 'sql' as const }, { ...all, stage: 'sql' as const }, true],
    [all, { ...all, tier: 'good' as const }, false],
    [{ ...all, tier: 'risky' as const }, { ...all, tier: 'good' as const }, false],
    [{ ...all, owner: 'rep-1' }, all, false],
  ])('%j among the leads of %j: %s', (wanted, loaded, covered) =>
    expect(isCovered(wanted, loaded)).toBe(covered),
  );
});

describe('finding leads', () => {
  const rows = [
    lead('l-1', { name: 'Íñigo Muñoz', company: 'Acme' }),
    lead('l-2', { name: 'Ben', company: 'Muñoz y Cía', stage: 'sql' }),
    lead('L-3'),
  ];

  it('looks into name, company and id, whatever the case and the accents', () => {
    expect(idsOf(findLeads(rows, readFilters(new URLSearchParams()), foldText('MUNOZ')))).toEqual([
      'l-1',
      'l-2',
    ]);
    expect(idsOf(findLeads(rows, readFilters(new URLSearchParams()), foldText('l-3')))).toEqual(['L-3']);
  });

  it('looks only at the stage and the tier that are chosen', () =>
    expect(idsOf(findLeads(rows, readFilters(new URLSearchParams('stage=sql')), ''))).toEqual(['l-2']));
});

describe('the orders of leads', () => {
  const rows = [
    lead('low', { score: 1, name: 'Zoe', lastHeard: '2026-03-03T08:00:00.000Z' }),
    lead('high', { score: 99, name: 'émile', lastHeard: '2026-03-01T08:00:00.000Z' }),
    lead('middle', { score: 50, name: 'Fay', lastHeard: '2026-03-02T08:00:00.000Z' }),
  ];
  it.each([
    ['score', ['high', 'middle', 'low']],
    ['heard', ['low', 'middle', 'high']],
    ['name', ['high', 'middle', 'low']],
  ] as const)('by %s', (sort, ids) => expect(idsOf(sortLeads(rows, sort))).toEqual(ids));
});

describe('reading a long list', () => {
  /** Reads pages of two items; the page of a number names the next one. */
  const readTwo =
    (pages: number, size = 2) =>
    async (cursor = '0') => ({
      items: Array.from({ length: size }, (_, i) => `${cursor}-${i}`),
      cursor: Number(cursor) + 1 < pages ? `${Number(cursor) + 1}` : null,
    });
  const read = async (
    from: string | undefined,
    bounds: { readonly requests: number; readonly items: number },
    pages: ReturnType<typeof readTwo>,
  ): Promise<(string | null)[]> => {
    const cursors: (string | null)[] = [];
    await readSome(from, bounds, pages, ({ cursor }) => {
      cursors.push(cursor);
      return 'go-on';
    });
    return cursors;
  };

  it('ends at the last page', async () =>
    expect(await read(undefined, { requests: 9, items: 99 }, readTwo(3))).toEqual(['1', '2', null]));

  it('stops when there are enough, and goes on from there', async () => {
    expect(await read(undefined, { requests: 9, items: 3 }, readTwo(5))).toEqual(['1', '2']);
    expect(await read('2', { requests: 9, items: 3 }, readTwo(5))).toEqual(['3', '4']);
  });

  it('stops after so many requests, also if all pages are empty', async () =>
    expect(await read(undefined, { requests: 3, items: 3 }, readTwo(100, 0))).toEqual(['1', '2', '3']));

  it('reads no further page when it is ended', async () => {
    const seen: string[] = [];
    await readSome(undefined, { requests: 9, items: 99 }, readTwo(9), ({ items }) => {
      seen.push(...items);
      return 'end';
    });
    expect(seen).toEqual(['0-0', '0-1']);
  });
});

describe('the window of a long list', () => {
  const given = { rows: 10_000, rowHeight: 50, height: 500 };

  it('draws what is seen and a little more, wherever it is', () => {
    expect(findWindow({ ...given, top: 0 })).toEqual({ from: 0, to: 18 });
    expect(findWindow({ ...given, top: 250_000 })).toEqual({ from: 4_992, to: 5_018 });
    expect(findWindow({ ...given, top: 499_500 })).toEqual({ from: 9_982, to: 10_000 });
  });

  it('draws the end of a list that became shorter than it was scrolled', () =>
    expect(findWindow({ ...given, rows: 3, top: 250_000 })).toEqual({ from: 0, to: 3 }));
});

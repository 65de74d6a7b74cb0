import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../../cli/output/csv.ts';
import { buildRecords, type ReportRecord, toCsvRows } from '../../../cli/report/records.ts';
import { did, ended, graded, onDay, reportOn, segmented, staged } from './lead-history.ts';

const toCsv = (records: readonly ReportRecord[]): string => formatCsv(toCsvRows(records));
const parseCells = (csv: string): string[][] => parse(csv);
const parseItemCell = (item: string): string | undefined => parseCells(toCsv([{ item }]))[1]?.[4];

describe('the CSV of a report', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '�=1'],
    ['\r=1', '�=1'],
    ['\u0000=1', '�=1'],
    [' =1', "'=1"],
    ['\u00a0=1', "'=1"],
    ['\u200b=1', '�=1'],
    ['＝1', "'＝1"],
    ['a\r\n=1', 'a��=1'],
    ['a\u001b[2J\u009b1A\u202e', 'a�[2J�1A�'],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
    ['a,"b"', 'a,"b"'],
    ["l'1", "l'1"],
    ['lead-1', 'lead-1'],
  ])('shows the name %j as %j', (given, shown) => expect(parseItemCell(given)).toBe(shown));

  it('leaves numbers alone, those below zero too', () => {
    const [, row] = parseCells(toCsv([{ section: 's', measure: 'm', value: -0.5 }]));
    expect(row).toEqual(['s', '', '', '', '', 'm', '-0.5']);
  });

  it('leaves a missing figure empty', () => {
    expect(toCsv([{ section: 's', measure: 'm', value: null }])).toBe(
      'section,stage,tier,lane,item,measure,value\r\ns,,,,,m,\r\n',
    );
  });
});

describe('the records of a report', () => {
  const report = () =>
    reportOn([
      [graded(0, 'good'), segmented(0, 'saas'), did(1, 'demo_held'), ended(2, 'won'), did(3, 'rescue_call')],
      [graded(0, 'risky'), staged(1, 'sql')],
    ]);
  const reportRows = async () => parseCells(toCsv(buildRecords(await report()))).map((row) => row.join('|'));

  it('are a figure a row, with its subject', async () => {
    const rows = await reportRows();
    expect(rows[0]).toBe('section|stage|tier|lane|item|measure|value');
    for (const row of [
      `report|||||asOf|${new Date(onDay(100)).toISOString()}`,
      'report|||||leads|2',
      'funnel|sql|risky|||leads|1',
      'efforts||good||demo|times|1',
      'efforts||good||demo|hours|2',
      'efforts|||||poorShareOfTimes|0',
      'customers||good|||wins|1',
      'customers||good|||rescueHours|3',
      'customers||risky|||wins|0',
      'stays|subscriber||||stays|2',
      'staysByTier|subscriber|good|||medianDays|2',
      'staysByLane|subscriber||saas||medianDays|2',
      'staysByTierAndLane|subscriber|good|saas||ninetiethPercentileDays|2',
      'stuck|sql||||stuck|1',
      'stuck|sql||||boundFrom|days',
      'stuck|sql|risky||l-2|days|99',
      'winRates||good|||won|1',
      'winRates|||||winRate|1',
      'winRates||risky|||winRate|',
      'readiness||||neither|won|1',
      'readiness|||||slideToBantRatio|',
      'leftOut|||||customersWithoutWin|0',
    ]) {
      expect(rows).toContain(row);
    }
  });

  it('have no two figures of one name', async () => {
    const names = (await reportRows()).map((row) => row.slice(0, row.lastIndexOf('|')));
    expect(new Set(names).size).toBe(names.length);
  });

  it('have every number of the report', async () => {
    const given = await report();
    const numbers = (value: unknown): number[] =>
      typeof value === 'number'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(numbers)
          : [];
    const shown = new Set(buildRecords(given).map(({ value }) => value));
    expect(numbers(given).filter((value) => !shown.has(value))).toEqual([]);
  });
});

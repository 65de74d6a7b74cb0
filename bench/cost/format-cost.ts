import { alignedRows } from '../../cli/text/table.ts';
import { type CostLine, region, sumLines } from '../../shared/cost/index.ts';
import type { MonthCost } from './month.ts';
import type { Volume } from './options.ts';

const amounts = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const counts = new Intl.NumberFormat('en');

/** Formats an amount so that the decimals of a column are aligned. */
const money = (usd: number, decimals = 3): string => usd.toFixed(decimals).padStart(7);

/** Returns a table of lines with their amounts and their sum. */
export const formatLines = (title: string, lines: readonly CostLine[]): string[] => {
  const rows = lines.map(({ service, what, amount, unit, usd }) => [
    service,
    what,
    amounts.format(amount).padStart(9),
    unit,
    money(usd),
  ]);
  const table = alignedRows([...rows, ['', 'sum', ''.padStart(9), '', money(sumLines(lines))]]);
  return ['', title, ...table.map((row) => `  ${row}`)];
};

const sumByService = (lines: readonly CostLine[]): ReadonlyMap<string, number> =>
  new Map(
    [...Map.groupBy(lines, ({ service }) => service)].map(([service, all]) => [service, sumLines(all)]),
  );

/**
 * Returns the cost of a month by service, in two columns: for events that arrive one at a time, and in bursts.
 *
 * @param archiveDays the time for which events stay in the archive
 */
export const formatMonth = ({ leads, events }: Volume, month: MonthCost, archiveDays: number): string[] => {
  const { single, full, fixed, stored, storedGigabytes, growth } = month;
  const [ofSingle, ofFull] = [sumByService(single), sumByService(full)];
  const usd = (amount: number): string => money(amount, 2).padStart(13);
  const both = (what: string, amount: number): string[] => [what, usd(amount), usd(amount)];
  const same = sumLines(fixed) + sumLines(stored);
  const table = alignedRows([
    ['', 'one at a time'.padStart(13), 'in bursts'.padStart(13)],
    ...[...ofSingle].map(([service, amount]) => [service, usd(amount), usd(ofFull.get(service) ?? 0)]),
    ...[...sumByService(fixed)]
      .filter(([, amount]) => amount > 0)
      .map(([service, amount]) => both(`${service}, without any event`, amount)),
    both('table: storage, backup, daily readings', sumLines(stored)),
    ['a month', usd(sumLines(single) + same), usd(sumLines(full) + same)],
  ]);
  return [
    '',
    `A month with ${counts.format(events)} events and ${counts.format(leads)} leads, in USD`,
    ...table.map((row) => `  ${row}`),
    '',
    `The truth lies between the columns. The table has ${amounts.format(storedGigabytes)} GB at the end of the month; each further`,
    `month like it adds ${growth.toFixed(2)} USD to every month after. The archive holds ${archiveDays} days in staging and prod.`,
    `Prices are those of ${region}; other regions have prices of their own. Taxes, free tiers and discounts`,
    'are left out. The calculation assumes events like those of the sample stream (docs/cost.md).',
  ];
};

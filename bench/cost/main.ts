import { alignedRows } from '../../cli/text/table.ts';
import { type CostLine, read, region, sumLines } from '../../shared/cost/index.ts';
import { describeMachine } from '../machine.ts';
import { refuseOptions } from '../no-options.ts';
import { measureCost } from './measure-cost.ts';

const amounts = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Formats an amount so that the decimals of a column are aligned. */
const money = (usd: number): string => usd.toFixed(3).padStart(7);

const show = (title: string, lines: readonly CostLine[]): void => {
  const rows = lines.map(({ service, what, amount, unit, usd }) => [
    service,
    what,
    amounts.format(amount).padStart(9),
    unit,
    money(usd),
  ]);
  console.log(`\n${title}`);
  for (const row of alignedRows([...rows, ['', 'sum', ''.padStart(9), '', money(sumLines(lines))]])) {
    console.log(`  ${row}`);
  }
};

refuseOptions('npm run cost');
const { processor, cores } = describeMachine();
console.log(
  `Prices of ${region} in USD, read ${read}. Measured on Node ${process.version}, ${processor}, ${cores} cores.`,
);
const { isolated, fives, scored, usual, fixed, flows } = await measureCost();
show('A million events, one event a lead in a batch', isolated);
show('A million events, five events of a lead in a batch', fives);
show('The first, up to the ledger: no announcements, no consumers', scored.isolated);
show('The second, up to the ledger', scored.fives);
show('A million events, one at a time, by the usual scheme', usual);
show('A month without events', fixed);
const { events, stored, announcements } = flows.isolated;
console.log(`
For each event the sample announces ${(announcements / events).toFixed(2)} changes, and stores ${Math.round(stored / events)} bytes in the table:
${(((stored / events) * 1_000_000) / 2 ** 30).toFixed(2)} GB for a million events, charged monthly for storage and for backup. Anchoring reads the table once a day.`);

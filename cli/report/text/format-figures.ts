import type { WinRate } from '../../../shared/report/index.ts';
import type { Table } from '../../output/line.ts';
import { table } from '../../output/table.ts';
import { formatCount } from '../../text/format-count.ts';

/** The fewest cases for a share: with fewer, it reflects chance more than the leads. */
export const fewestCases = 5;

export const tooFew = 'too few to tell';

const whole = (share: number): number => Math.round(share * 100);

export const percent = (share: number): string => `${whole(share)} %`;

/** Formats a share of cases, or `too few to tell`. */
export const formatShare = (hits: number, cases: number): string =>
  cases < fewestCases ? tooFew : percent(hits / cases);

/** Formats a win rate with its 95 % confidence interval, or `too few to tell`. */
export const formatRate = ({ won, lost, rate }: WinRate): string =>
  rate === null || won + lost < fewestCases
    ? tooFew
    : `${percent(rate.share)} (${whole(rate.low)} to ${percent(rate.high)})`;

/** Rounds hours to one decimal place, since sums of binary fractions have more. */
export const hours = (amount: number): number => Math.round(amount * 10) / 10;

export const days = (amount: number): string => formatCount(amount, 'day');

/** Returns a table of the report. */
export const indentedTable = (rows: Table['rows']): Table => ({ ...table(rows), indent: 2 });

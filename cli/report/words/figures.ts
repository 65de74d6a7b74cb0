import type { WinRate } from '../sections/win-rates.ts';

/** With fewer cases than these a share says more about chance than about leads. */
export const fewestCases = 5;

export const tooFew = 'too few to tell';

const whole = (share: number): number => Math.round(share * 100);

export const percent = (share: number): string => `${whole(share)} %`;

/** A share of cases; of a few, none. */
export const shareOf = (hits: number, cases: number): string =>
  cases < fewestCases ? tooFew : percent(hits / cases);

/** A win rate with the interval in which the true one lies 95 times of 100. */
export const rateWords = ({ won, lost, rate }: WinRate): string =>
  rate === null || won + lost < fewestCases
    ? tooFew
    : `${percent(rate.share)} (${whole(rate.low)} to ${percent(rate.high)})`;

/** One decimal place at the most; hours add up in binary fractions. */
export const hours = (amount: number): number => Math.round(amount * 10) / 10;

export const days = (amount: number): string => `${amount} ${amount === 1 ? 'day' : 'days'}`;

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

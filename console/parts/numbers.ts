import { locale } from '../texts/texts.ts';

/** Returns a number as the reader's region writes it, with at most two decimals. @param tag such as `es-MX` */
export const formatNumber = (value: number, tag: string = locale.value): string =>
  value.toLocaleString(tag, { maximumFractionDigits: 2 });

/** Returns points with their sign and at most two decimals. @example formatPoints(12.034, 'en') // '+12.03' */
export const formatPoints = (points: number, tag: string = locale.value): string =>
  points.toLocaleString(tag, { maximumFractionDigits: 2, signDisplay: 'exceptZero' });

/** Returns a share of 0 to 1 in percent, without decimals. */
export const formatShare = (share: number, tag: string = locale.value): string =>
  share.toLocaleString(tag, { style: 'percent', maximumFractionDigits: 0 });

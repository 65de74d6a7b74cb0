import { locale, texts } from '../texts/texts.ts';
import { serverNow } from './clock.ts';
import { findUnit } from './duration.ts';
import { formatInstant } from './instant.tsx';
import { isInUtc } from './time-zone.ts';

/** The formats by locale: to make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.RelativeTimeFormat>();

const formatOf = (tag: string): Intl.RelativeTimeFormat => {
  const known = formats.get(tag);
  if (known !== undefined) return known;
  const made = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  formats.set(tag, made);
  return made;
};

/**
 * Returns the distance of an instant in the largest unit of which there is at least one.
 *
 * @example formatDistance(2 * 3_600_000, 'en') // 'in 2 hours'
 */
const formatDistance = (ms: number, tag: string): string => {
  const [unit, size] = findUnit(ms);
  return formatOf(tag).format(Math.trunc(ms / size), unit);
};

/**
 * Shows how far an instant is from now by the clock of Sluice: `in 2 hours`, `3 days ago`. Whoever has chosen times in UTC
 * sees the instant itself.
 */
export const RelativeTime = ({ at }: { readonly at: string }) => {
  const distance = formatDistance(Date.parse(at) - serverNow.value, locale.value);
  const utc = texts.value.parts.utc(at.replace('T', ' ').replace(/(\.\d+)?Z$/, ''));
  return (
    <time dateTime={at} title={isInUtc.value ? distance : utc}>
      {isInUtc.value ? formatInstant(at) : distance}
    </time>
  );
};

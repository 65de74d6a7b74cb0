import { locale, texts } from '../texts/texts.ts';
import { isInUtc, timeZone } from './time-zone.ts';

interface InstantProps {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Whether the day alone is shown. @default false */
  readonly day?: boolean;
}

/** The formats by locale, length and zone: to make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (tag: string, day: boolean, zone: string | undefined): Intl.DateTimeFormat => {
  const key = `${tag} ${day} ${zone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(tag, {
    dateStyle: 'medium',
    ...(!day && { timeStyle: 'short' }),
    timeZone: zone,
  });
  formats.set(key, made);
  return made;
};

/** Returns an instant in the zone that the reader has chosen, which is named if it is UTC and there is a time of day. */
export const formatInstant = (at: string, day = false): string => {
  const said = formatOf(locale.value, day, timeZone.value).format(new Date(at));
  return isInUtc.value && !day ? texts.value.parts.utc(said) : said;
};

/** Shows an instant in the zone that the reader has chosen, with the one in UTC at hand. */
export const Instant = ({ at, day = false }: InstantProps) => (
  <time dateTime={at} title={texts.value.parts.utc(at.replace('T', ' ').replace(/(\.\d+)?Z$/, ''))}>
    {formatInstant(at, day)}
  </time>
);

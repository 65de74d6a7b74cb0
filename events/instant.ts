import { minuteMs } from './time-units.ts';

const leapDay = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29';
const otherDay =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d+)?)?';
const offset = '[Zz]|[+-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?';

/** The form of an instant: a day that exists, a time, and an offset from UTC. JSON Schema understands it as well. */
export const instantForm = new RegExp(`^(?:${leapDay}|${otherDay})[Tt ]${time}(?:${offset})$`);

const withoutOffset = new RegExp(`^(?:${leapDay}|${otherDay})(?:[Tt ]${time})?$`);

/** Returns whether a text is a time, or a day, that doesn't say its offset from UTC: nobody can know the instant. */
export const lacksOffset = (text: string): boolean => withoutOffset.test(text);

const parts = /^(.{10}).(\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:[Zz]|([+-])(\d\d):?(\d\d)?)$/;

// Beyond four digits of the year, instants have another spelling and another order.
const firstInstant = Date.parse('0000-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Parses an instant in ISO 8601 with its offset from UTC, and returns milliseconds since 1970; finer digits are cut.
 * Seconds may be left out, and the offset is `Z`, `+01:00`, `+0100` or `+01`. Returns undefined for any other text, and
 * for what doesn't exist, such as 30 February or 24:00.
 *
 * @example parseInstant('2026-03-01T10:00+01:00') // Date.UTC(2026, 2, 1, 9)
 */
export const parseInstant = (text: string): number | undefined => {
  const match = instantForm.test(text) ? parts.exec(text) : null;
  if (match === null) return undefined;
  const [, day, minute, second = '00', fraction = '', sign, hours = '00', minutes = '00'] = match;
  const local = Date.parse(`${day}T${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  const ahead = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  const instant = sign === '-' ? local + ahead : local - ahead;
  return instant >= firstInstant && instant <= lastInstant ? instant : undefined;
};

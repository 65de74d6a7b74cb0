/** The pattern of an offset from UTC: Z, UTC, GMT, ±hh, ±hhmm, ±hh:mm. The minus may be a hyphen or U+2212. */
export const offsetPattern = '(?:[Zz]|UTC|GMT|[+\\-\u2212](?:0\\d|1[0-4])(?::?[0-5]\\d)?)';

/** Returns an offset in minutes east of UTC. */
export const parseOffset = (text: string): number => {
  const [, sign, hours = '0', minutes = '0'] = /^([+\-\u2212])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === undefined || sign === '+' ? size : -size;
};

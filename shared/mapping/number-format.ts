/** The signs that may separate groups of digits. A space stands for any white space, and ' for ’ too. */
export const thousandsSigns = [',', '.', ' ', "'"] as const;

/** Returns a sign of thousands as a mapping names it: U+00A0 and U+202F are spaces, and ’ is an apostrophe. */
export const normalizeThousands = (given: string): string =>
  /^\s$/u.test(given) ? ' ' : given.replace('’', "'");

export interface NumberOptions {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: (typeof thousandsSigns)[number] | undefined;
  /**
   * Texts that may stand before or behind the number, and are left out.
   *
   * @default - any currency sign or code, and the percent sign
   */
  readonly signs?: readonly string[] | undefined;
}

/** A number, or the reason why a text is none. */
export type ReadNumber = (
  text: string,
) => { readonly value: number } | { readonly value?: undefined; readonly allowed: string };

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const groupSign = (thousands: string): string =>
  thousands === ' ' ? '\\s' : thousands === "'" ? "['’]" : escapeRegExp(thousands);

let knownSigns: string | undefined;

/**
 * Returns the pattern of any sign. Three capital letters are a code of ISO 4217 such as EUR, and a currency sign may
 * have letters beside it: US$, $US. The codes take long to load, so it is made when a mapping first needs it.
 */
const anySign = (): string => {
  knownSigns ??= `(?:[A-Z]{0,3}\\p{Sc}[A-Z]{0,3}|${Intl.supportedValuesOf('currency').join('|')}|%)`;
  return knownSigns;
};

const minus = '[-\u2212]';

/** Returns the digits of a decimal number that count: without zeros around them, exponent and sign. */
const significantDigits = (plain: string): string =>
  plain
    .replace(/[eE].*$/, '')
    .replace(/[^\d]/g, '')
    .replace(/^0+|0+$/g, '');

/** Whether a number beyond the safe integers is another one as a double than as it was written. */
const losesDigits = (plain: string, value: number): boolean =>
  Math.abs(value) > Number.MAX_SAFE_INTEGER && significantDigits(plain) !== significantDigits(String(value));

/**
 * Returns the reader of a way to write numbers. It reads groups of three digits, Indian ones too; a minus before or
 * behind, or brackets for it, as accountants write it; and a sign of currency or per cent before or behind.
 *
 * @example createNumberReader({ thousands: ',' })('($1,250.50)') // { value: -1250.5 }
 */
export const createNumberReader = ({ decimal = '.', thousands, signs }: NumberOptions): ReadNumber => {
  const sign = signs === undefined ? anySign() : `(?:${signs.map(escapeRegExp).join('|')})`;
  const group = thousands === undefined ? '' : groupSign(thousands);
  const whole =
    thousands === undefined
      ? '\\d+'
      : `(?:\\d{1,3}(?:${group}\\d{3})+|\\d{1,2}(?:${group}\\d\\d)+${group}\\d{3}|\\d+)`;
  const point = escapeRegExp(decimal);
  const digits = `(?<digits>(?:${whole}(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d{1,3})?)`;
  const pattern = new RegExp(
    `^(?<bracket>\\()?(?<before>${minus}|\\+)?\\s*(?:${sign}\\s*)?(?<inner>${minus})?\\s*${digits}` +
      `\\s*(?:${sign}\\s*)?(?:(?<behind>${minus})\\s*)?(?<closed>\\))?$`,
    'u',
  );
  const groups = new RegExp(group || '(?!)', 'gu');
  const example = `a number, written as 1${thousands ?? ''}250${decimal}5`;
  return (text) => {
    const found = pattern.exec(text)?.groups;
    if (found === undefined) return { allowed: example };
    const { bracket, before = '', inner, behind, closed, digits: written = '' } = found;
    const negations = [bracket, before === '+' ? undefined : before || undefined, inner, behind];
    const count = negations.filter((given) => given !== undefined).length;
    if ((bracket === undefined) !== (closed === undefined) || count > 1) return { allowed: example };
    const plain = written.replace(groups, '').replace(decimal, '.');
    const value = Number(plain);
    if (!Number.isFinite(value)) return { allowed: example };
    if (losesDigits(plain, value)) {
      return { allowed: 'a number of at most 15 digits; or "type": "string", which keeps all of them' };
    }
    return { value: count === 0 ? value : -value };
  };
};

import { parseJson } from '../../events/index.ts';

/** The most digits that every double holds. A longer number, such as an id, would become another one. */
const mostDigits = 15;

const isPlainNumber = (text: string): boolean =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && text.replaceAll(/\D/g, '').length <= mostDigits;

/** Returns the items of `[a, b]`, with or without the quotes of JSON. */
const parseList = (text: string): unknown => {
  const parsed = parseJson(text);
  if (Array.isArray(parsed)) return parsed;
  const items = text.slice(1, -1).trim();
  return items === '' ? [] : items.split(',').map((item) => item.trim());
};

/**
 * Returns the value that a text stands for: `true`, `false`, `null`, a number, a list in brackets, or a text. Quotes
 * make a text of anything.
 *
 * @example parseValue('600') // 600
 * @example parseValue('"600"') // '600'
 * @example parseValue('[crm, erp]') // ['crm', 'erp']
 */
export const parseValue = (text: string): unknown => {
  if (text === 'true' || text === 'false' || text === 'null') return JSON.parse(text);
  if (isPlainNumber(text)) return Number(text);
  if (text.startsWith('[') && text.endsWith(']')) return parseList(text);
  const quoted = text.startsWith('"') ? parseJson(text) : undefined;
  return typeof quoted === 'string' ? quoted : text;
};

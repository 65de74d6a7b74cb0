import canonicalize from 'canonicalize';

/**
 * Returns the canonical JSON of a value (RFC 8785): equal values give equal texts, so that content can be compared and
 * hashed as it is stored.
 *
 * @example canonical({ b: 1, a: [2] }) // '{"a":[2],"b":1}'
 * @throws TypeError if the value has no JSON
 */
export const canonical = (value: unknown): string => {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError(`${typeof value} has no JSON`);
  return json;
};

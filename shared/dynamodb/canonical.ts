import canonicalize from 'canonicalize';

/** RFC 8785: the same value always is the same text, so that content can be compared and hashed as stored. */
export const canonical = (value: unknown): string => {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError(`${typeof value} has no JSON`);
  return json;
};

/**
 * Parses a request. Bytes come in base64: as text under `B`, or texts under `BS`. Nothing else can have these names and
 * such values: an attribute has an object as its value, and a placeholder begins with `#` or `:`.
 */
export const parseWire = (text: string): unknown =>
  JSON.parse(text, (name, value: unknown) => {
    if (name === 'B' && typeof value === 'string') return Buffer.from(value, 'base64');
    if (name === 'BS' && Array.isArray(value))
      return value.map((each) => Buffer.from(String(each), 'base64'));
    return value;
  });

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Formats an answer, with bytes in base64. */
export const formatWire = (answer: object): string =>
  JSON.stringify(answer, function (this: Record<string, unknown>, name, value: unknown) {
    // `value` is what Buffer's own toJSON has made of it.
    const given = this[name];
    return given instanceof Uint8Array ? toBase64(given) : value;
  });

import { isObject } from '../../events/index.ts';

/** The fewest characters of a secret. A shorter one could be guessed. */
const shortest = 8;

/** The most secrets of one name that are live at once: the new one, and the one before it while it is replaced. */
const mostLive = 2;

/** Thrown if a stored secret doesn't have its form. The message never quotes it. */
class SecretFormatError extends Error {
  readonly code = 'SECRET_FORMAT';
  constructor(secretId: string, given: string, allowed: string) {
    super(`secret ${secretId}: given ${given}; allowed: ${allowed}`);
    this.name = 'SecretFormatError';
  }
}

/** Parses the text of a secret into an object by name. @throws SecretFormatError */
export const parseSecretText = (secretId: string, text: string): Readonly<Record<string, unknown>> => {
  const allowed = 'a JSON object with a list of one or two secrets for each name';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw new SecretFormatError(secretId, 'a text that is no JSON', allowed);
  }
  if (!isObject(value)) throw new SecretFormatError(secretId, 'JSON that is no object', allowed);
  return value;
};

const describe = (value: unknown): string => {
  if (!Array.isArray(value)) return 'a value that is no list';
  if (value.length === 0 || value.length > mostLive) return `${value.length} secrets`;
  return value.some((each) => typeof each !== 'string')
    ? 'a secret that is no text'
    : 'a secret that is too short';
};

/** Returns the live secrets of a name; none if the name isn't there. @throws SecretFormatError */
export const readLive = (
  secretId: string,
  all: Readonly<Record<string, unknown>>,
  name: string,
): readonly string[] => {
  if (!Object.hasOwn(all, name)) return [];
  const value = all[name];
  const isList = Array.isArray(value) && value.length > 0 && value.length <= mostLive;
  if (isList && value.every((each) => typeof each === 'string' && each.length >= shortest)) return value;
  const allowed = `a list of one or two texts of at least ${shortest} characters, the newest first`;
  throw new SecretFormatError(secretId, `${describe(value)}, of the name ${name}`, allowed);
};

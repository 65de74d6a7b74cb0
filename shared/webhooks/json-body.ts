import {
  findJsonProblem,
  findProtoKey,
  isNestedDeeper,
  isObject,
  type Problem,
  showValue,
} from '../../events/index.ts';
import type { FormProblem, Received, Split } from './webhook.ts';

/** The deepest nesting of a body. */
const mostLevels = 64;

/** The most payloads of one request. HubSpot sends no more, and each takes some writes. */
export const mostPayloads = 100;

export type Malformed = Extract<Split, { kind: 'malformed' }>;
export type JsonRead = { readonly kind: 'json'; readonly value: unknown } | Malformed;

export const malformed = (type: FormProblem, problem: Problem): Malformed => ({
  kind: 'malformed',
  type,
  problems: [problem],
});

/** Names the type of a JSON value. The answer to a request must quote nothing of it that may be personal. */
export const nameType = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Returns the media type of a header without its parameters. */
export const essenceOf = (mediaType: string | undefined): string =>
  (mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** Returns whether a media type is JSON: `application/json`, or one that ends with `+json`. */
export const isJson = (essence: string): boolean =>
  essence === 'application/json' || essence.endsWith('+json');

const decode = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** Finds what other parsers would read differently, or what would exhaust a later step. */
const findProblem = (value: unknown): Problem | undefined => {
  if (isNestedDeeper(value, mostLevels))
    return { path: 'body', given: 'deeper nesting', allowed: `at most ${mostLevels} levels` };
  const problem = findJsonProblem(value);
  // The path would quote names of the body, which may be personal.
  if (problem !== undefined) return { ...problem, path: 'body' };
  const isProto = findProtoKey(value, []) !== undefined;
  return isProto ? { path: 'body', given: 'the name "__proto__"', allowed: 'any other name' } : undefined;
};

/** Parses bytes as JSON. */
export const parseJsonBytes = (bytes: Buffer): JsonRead => {
  const text = decode(bytes);
  const parsed = text === undefined ? undefined : parse(text);
  if (parsed === undefined) {
    const given = text === undefined ? 'bytes that are no UTF-8' : `${bytes.length} bytes`;
    return malformed('invalid-request', { path: 'body', given, allowed: 'JSON in UTF-8' });
  }
  const problem = findProblem(parsed.value);
  return problem === undefined
    ? { kind: 'json', value: parsed.value }
    : malformed('invalid-request', problem);
};

/** Reads the body of a webhook as JSON. */
export const readJson = ({ headers, body }: Received): JsonRead => {
  const given = headers['content-type'];
  if (isJson(essenceOf(given))) return parseJsonBytes(body);
  return malformed('unsupported-media-type', {
    path: 'headers.content-type',
    given: showValue(given),
    allowed: 'application/json',
  });
};

/** Returns the refusal of a list with too many payloads; undefined if it isn't one. */
export const findTooMany = (list: readonly unknown[], most = mostPayloads): Malformed | undefined =>
  list.length <= most
    ? undefined
    : malformed('too-large', {
        path: 'body',
        given: `${list.length} payloads`,
        allowed: `at most ${most} in one request`,
      });

export type ObjectRead =
  | { readonly kind: 'object'; readonly value: Readonly<Record<string, unknown>> }
  | Malformed;

/** Reads the body of a webhook as an object. */
export const readObject = (received: Received): ObjectRead => {
  const read = readJson(received);
  if (read.kind === 'malformed') return read;
  if (isObject(read.value)) return { kind: 'object', value: read.value };
  return malformed('invalid-request', { path: 'body', given: nameType(read.value), allowed: 'an object' });
};

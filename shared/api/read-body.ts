import { apiLimits, type GivenEvent, type Route } from '../../events/api/index.ts';
import {
  findJsonProblem,
  findProtoKey,
  isNestedDeeper,
  type Problem,
  showPath,
  showValue,
} from '../../events/index.ts';
import { ApiProblem } from './problems.ts';

/** The body of a request as API Gateway passes it. */
export interface RawBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  /** The value of the header `content-type`. */
  readonly mediaType: string | undefined;
}

const json = 'application/json';
const lines = ['application/x-ndjson', 'application/jsonl'];

const invalid = (problem: Problem): ApiProblem =>
  new ApiProblem('invalid-request', 'the body is not valid', [problem]);

const decode = ({ body, isBase64Encoded }: RawBody): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');

const decodeText = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid({ path: 'body', given: 'bytes that are no UTF-8', allowed: 'text in UTF-8' });
  }
};

const parse = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid({ path, given: showValue(text), allowed: 'JSON' });
  }
};

/** Refuses what JSON parsers of other languages would read differently, or what would exhaust a later step. */
const check = (value: unknown, path: string, depth: number): void => {
  if (isNestedDeeper(value, depth))
    throw invalid({ path, given: 'deeper nesting', allowed: `at most ${depth} levels` });
  const problem = findJsonProblem(value);
  if (problem !== undefined) throw invalid({ ...problem, path: `${path}.${problem.path}` });
  const proto = findProtoKey(value, [path]);
  if (proto !== undefined)
    throw invalid({ path: showPath(proto), given: 'the name "__proto__"', allowed: 'any other name' });
};

const parseLine = (line: string): GivenEvent => {
  try {
    return { event: JSON.parse(line) };
  } catch {
    return { problem: { path: '(the whole)', given: showValue(line), allowed: 'one event as JSON' } };
  }
};

/** Returns the events of lines. Of too many, one more than are allowed: reading millions of them would take long. */
const parseLines = (text: string): GivenEvent[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, apiLimits.events + 1)
    .map(parseLine);

/** Returns the events of a JSON document: a list, or one event. */
const listEvents = (value: unknown): GivenEvent[] =>
  (Array.isArray(value) ? value : [value]).map((event: unknown) => ({ event }));

/** The media type alone, without parameters such as the character set. */
const essence = (mediaType: string | undefined): string =>
  (mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * Reads the body of a request as JSON; undefined if the route takes none.
 *
 * @throws ApiProblem for a body that is too large, of another media type, or no JSON
 */
export const readBody = (
  {
    body: schema,
    bodyKind = 'json',
    bodyBytes = apiLimits.bodyBytes,
    bodyDepth = apiLimits.depth,
  }: Pick<Route, 'body' | 'bodyKind' | 'bodyBytes' | 'bodyDepth'>,
  raw: RawBody,
): unknown => {
  const bytes = decode(raw);
  if (schema === undefined) {
    if (bytes.length === 0) return undefined;
    throw invalid({ path: 'body', given: `${bytes.length} bytes`, allowed: 'no body' });
  }
  if (bytes.length > bodyBytes) {
    throw new ApiProblem('too-large', 'the body is too large', [
      { path: 'body', given: `${bytes.length} bytes`, allowed: `at most ${bodyBytes} bytes` },
    ]);
  }
  const type = essence(raw.mediaType);
  const allowed = bodyKind === 'events' ? [json, ...lines] : [json];
  if (!allowed.includes(type)) {
    throw new ApiProblem('unsupported-media-type', 'the body has another media type', [
      { path: 'content-type', given: showValue(raw.mediaType), allowed: allowed.join(', ') },
    ]);
  }
  const text = decodeText(bytes);
  if (bodyKind === 'events') return type === json ? listEvents(parse(text, 'body')) : parseLines(text);
  const value = parse(text, 'body');
  check(value, 'body', bodyDepth);
  return value;
};

import { apiLimits, outlineProblem, problemTypeUri } from '../../events/api/index.ts';
import type { Problem } from '../../events/index.ts';
import { ApiProblem } from './problems.ts';

/** An answer in the form that API Gateway expects. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of a handler. */
export interface ApiAnswer {
  readonly body: unknown;
  /** Replaces the status of the route, such as 304. */
  readonly status?: number;
  /** The version of the resource, which becomes its ETag. */
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** No browser or proxy may store an answer: it contains personal data. */
const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Returns the ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/** The most bytes that a UTF-16 unit of a body takes as text within JSON: it is JSON already, without control characters. */
const mostBytesOfUnit = 3;

/** Returns whether Lambda would not pass on an answer with this body. Most are so short that nothing needs measuring. */
const isTooLarge = (body: string): boolean =>
  body.length * mostBytesOfUnit > apiLimits.answerBytes &&
  Buffer.byteLength(JSON.stringify(body)) > apiLimits.answerBytes;

/** @throws ApiProblem for a body that is too large to be sent */
export const buildAnswer = (
  { body: value, status, version, headers = {} }: ApiAnswer,
  success: number,
): GatewayAnswer => {
  const body = value === undefined ? '' : JSON.stringify(value);
  if (isTooLarge(body))
    throw new ApiProblem('too-much-to-read', 'the answer is too large to be sent; ask for less at once');
  return {
    statusCode: status ?? success,
    headers: {
      'content-type': 'application/json',
      ...common,
      ...(version !== undefined && { etag: etagOf(version) }),
      ...headers,
    },
    body,
  };
};

/** Cuts the path of a problem, which has the names that the caller gave. */
const withShortPath = ({ path, ...problem }: Problem): Problem => ({
  path: path.length > apiLimits.problemPathLength ? `${path.slice(0, apiLimits.problemPathLength)}…` : path,
  ...problem,
});

export const buildProblem = (
  { type, message, errors, headers }: ApiProblem,
  requestId: string,
): GatewayAnswer => {
  const { status, title } = outlineProblem(type);
  const listed = errors.slice(0, apiLimits.problems).map(withShortPath);
  const more = errors.length - listed.length;
  const detail = more === 0 ? message : `${message}; ${more} more than those listed`;
  const document = { type: problemTypeUri(type), title, status, detail, requestId, errors: listed };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', ...common, ...headers },
    body: JSON.stringify(document),
  };
};

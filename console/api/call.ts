import type * as z from 'zod/mini';
import type { answers } from '../../events/api/answers/index.ts';
import type { Operation, Routes } from '../../events/api/index.ts';
import { accessToken, renewSession } from '../session/session.ts';
import { ApiError, readProblem } from './api-error.ts';
import { paths } from './paths.ts';

/** The answer of an operation, as `events/api/answers` describes it. */
export type Answer<O extends Operation> = z.output<(typeof answers)[O]>;

type InputOf<S> = S extends z.ZodMiniType ? z.input<S> : never;

/** The parameters of an operation. */
export interface Given<O extends Operation> {
  readonly path?: InputOf<Routes[O]['pathParameters']>;
  readonly query?: InputOf<Routes[O]['query']>;
  readonly body?: Routes[O] extends { body?: infer Body } ? InputOf<Body> : never;
  /** The version that the lead must have, of operations that take it. */
  readonly version?: number;
  /** A key under which a repetition of the request does nothing more. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Whether the request goes on when the page is left. */
  readonly keepalive?: boolean;
}

const buildUrl = (template: string, path: object = {}, query: object = {}): string => {
  const values = new Map(Object.entries(path));
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  );
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)] as [string, string]));
  return text.size === 0 ? filled : `${filled}?${text}`;
};

const notReached = (cause?: unknown): ApiError =>
  new ApiError({ kind: 'offline', status: 0, detail: '', errors: [] }, { cause });

const buildHeaders = ({ body, version, key }: Given<Operation>): Record<string, string> => ({
  authorization: `Bearer ${accessToken()}`,
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(version !== undefined && { 'if-match': `"${version}"` }),
  ...(key !== undefined && { 'idempotency-key': key }),
});

const send = async (method: string, url: string, given: Given<Operation>): Promise<Response> => {
  const { body, signal, keepalive } = given;
  try {
    return await fetch(url, {
      method,
      headers: buildHeaders(given),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
      ...(keepalive !== undefined && { keepalive }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw notReached(error);
  }
};

/** Sends a request, and once more if the session had expired. Only who reads loses nothing when the page is left. */
const sendSignedIn = async (method: string, url: string, given: Given<Operation>): Promise<Response> => {
  const token = accessToken();
  const response = await send(method, url, given);
  if (response.status !== 401) return response;
  const renewal = await renewSession(token, method === 'GET');
  if (renewal === 'unreachable') throw notReached();
  return renewal === 'valid' ? await send(method, url, given) : response;
};

/**
 * Calls an operation of the API, and returns its answer. An expired session is renewed once.
 *
 * @throws ApiError of a kind that a page can show
 */
export const call = async <O extends Operation>(operation: O, given: Given<O> = {}): Promise<Answer<O>> => {
  const [method, template] = paths[operation] ?? ['GET', operation];
  const url = buildUrl(template, given.path as object, given.query as object);
  const response = await sendSignedIn(method, url, given as Given<Operation>);
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as Answer<O>;
};

import { createHash } from 'node:crypto';
import {
  type ApiService,
  listRoutes,
  type Operation,
  type OperationOf,
  operations,
  type ParametersOf,
  type Route,
  type Routes,
  routeOf,
  routes,
} from '../../events/api/index.ts';
import { describeProblems, showValue } from '../../events/index.ts';
import { count, errorFields, logger } from '../lambda/index.ts';
import { type ApiAnswer, buildAnswer, buildProblem, type GatewayAnswer } from './answer.ts';
import { type Authorizer, type Caller, hasRole, identifyCaller } from './caller.ts';
import { ApiProblem } from './problems.ts';
import { readBody } from './read-body.ts';

type Parameters = Readonly<Record<string, string | undefined>> | null | undefined;

/**
 * The part of a request of an HTTP API, payload format 2.0, that is read. Header names are in lower case. Without
 * parameters AWS leaves their field out, and some emulators write null.
 */
export interface GatewayRequest {
  readonly routeKey: string;
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Parameters;
  readonly queryStringParameters?: Parameters;
  readonly requestContext: {
    readonly requestId: string;
    readonly http: { readonly method: string };
    readonly authorizer?: Authorizer | undefined;
  };
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** A request that has passed its checks. */
export interface ApiRequest<R extends Route = Route> {
  readonly operation: Operation;
  readonly caller: Caller;
  readonly path: ParametersOf<R>['path'];
  readonly query: ParametersOf<R>['query'];
  readonly body: ParametersOf<R>['body'];
  /** The header `Idempotency-Key`: a request that is sent again with it is carried out once. */
  readonly idempotencyKey: string | undefined;
  /** The SHA-256 of what is asked for, in hexadecimal digits: equal for a request that is sent again. */
  readonly fingerprint: string;
  /** The version that the lead must have, from `If-Match`. */
  readonly ifMatch: number | undefined;
  /** The version that the caller has, from `If-None-Match`. */
  readonly ifNoneMatch: number | undefined;
  readonly requestId: string;
}

/** One handler for each operation of a function. */
export type ApiHandlers<Service extends ApiService> = {
  readonly [O in OperationOf<Service>]: (request: ApiRequest<Routes[O]>) => Promise<ApiAnswer>;
};

/** Parses one part of a request. @throws ApiProblem */
const parsePart = (
  route: Route,
  part: 'pathParameters' | 'query' | 'body',
  root: string,
  given: unknown,
): unknown => {
  const schema = route[part];
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ApiProblem(
    'invalid-request',
    'the request has values that are not allowed',
    describeProblems(parsed.error, given, [root]),
  );
};

const keyForm = /^[\x21-\x7e]{1,128}$/;

/** @throws ApiProblem */
const readIdempotencyKey = ({ headers }: GatewayRequest): string | undefined => {
  const given = headers['idempotency-key'];
  if (given === undefined || keyForm.test(given)) return given;
  throw new ApiProblem('invalid-request', 'the idempotency key is not valid', [
    {
      path: 'idempotency-key',
      given: showValue(given),
      allowed: '1 to 128 printable ASCII characters without spaces',
    },
  ]);
};

/** Reads a version from a header with one ETag. @throws ApiProblem */
const readVersion = ({ headers }: GatewayRequest, name: 'if-match' | 'if-none-match'): number | undefined => {
  const given = headers[name]?.trim();
  if (given === undefined) return undefined;
  const digits = /^(?:W\/)?"(\d{1,15})"$/.exec(given)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new ApiProblem('invalid-request', `the header ${name} is not valid`, [
    { path: name, given: showValue(given), allowed: 'one ETag as an answer has it, such as "3"' },
  ]);
};

/** @throws ApiProblem */
const checkConditional = (route: Route, { headers }: GatewayRequest): void => {
  const given = headers['if-match'];
  if (given === undefined || route.conditional) return;
  throw new ApiProblem('invalid-request', 'the route takes no condition', [
    { path: 'if-match', given: showValue(given), allowed: 'no such header here' },
  ]);
};

/**
 * Computes the fingerprint of a request from its condition, its query and its body as it came: what was parsed may be
 * nested too deeply to be written. A request without a query has the fingerprint that it had before queries counted.
 */
const computeFingerprint = (
  operation: Operation,
  { pathParameters, queryStringParameters, body = '', isBase64Encoded = false }: GatewayRequest,
  ifMatch: number | undefined,
): string => {
  const query = Object.entries(queryStringParameters ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const parts = [operation, pathParameters ?? {}, isBase64Encoded, body, ifMatch ?? null];
  return createHash('sha256')
    .update(JSON.stringify(query.length === 0 ? parts : [...parts, query]))
    .digest('hex');
};

const forbidden = (role: string): ApiProblem =>
  new ApiProblem('forbidden', 'the caller has no role that may do this', [
    { path: 'authorization', given: 'no such role', allowed: `role ${role}, or one that may do more` },
  ]);

/** Checks a request of an operation. @throws ApiProblem */
const checkRequest = (operation: Operation, request: GatewayRequest): ApiRequest => {
  const route = routeOf(operation);
  const { pathParameters, queryStringParameters, headers, requestContext } = request;
  const caller = identifyCaller(requestContext.authorizer);
  if (caller === undefined || !hasRole(caller, route.role)) throw forbidden(route.role);
  checkConditional(route, request);
  const path = parsePart(route, 'pathParameters', 'path', pathParameters ?? {});
  const query = parsePart(route, 'query', 'query', queryStringParameters ?? {});
  const given = readBody(route, { ...request, mediaType: headers['content-type'] });
  const ifMatch = readVersion(request, 'if-match');
  return {
    operation,
    caller,
    path: path as never,
    query: query as never,
    body: parsePart(route, 'body', 'body', given) as never,
    idempotencyKey: readIdempotencyKey(request),
    fingerprint: computeFingerprint(operation, request, ifMatch),
    ifMatch,
    ifNoneMatch: readVersion(request, 'if-none-match'),
    requestId: requestContext.requestId,
  };
};

/** Returns whether a path could be one of a route. The path of an unknown route arrives decoded, so this only helps. */
const fitsPath = (path: string, given: string): boolean => {
  const [own, other] = [path.split('/'), given.split('/')];
  const fits = (part: string, i: number) => (part.startsWith('{') ? other[i] !== '' : part === other[i]);
  return own.length === other.length && own.every(fits);
};

/** Returns the problem of a request that no route takes. */
const unknownRoute = ({ rawPath, requestContext: { http } }: GatewayRequest): ApiProblem => {
  const methods = operations
    .map((operation) => routes[operation])
    .filter(({ path }) => fitsPath(path, rawPath));
  // The gateway would have found the route by that method: the path only looks like one, decoded as it is.
  if (methods.length === 0 || methods.some(({ method }) => method === http.method)) {
    return new ApiProblem('unknown-route', 'there is no such route', [
      { path: 'path', given: showValue(rawPath), allowed: 'a path of the OpenAPI document' },
    ]);
  }
  const allowed = methods.map(({ method }) => method).join(', ');
  return new ApiProblem(
    'method-not-allowed',
    'the route has other methods',
    [{ path: 'method', given: http.method, allowed }],
    { allow: allowed },
  );
};

const toProblem = (error: unknown, requestId: string): ApiProblem => {
  if (error instanceof ApiProblem) return error;
  logger.error('request failed', { ...errorFields(error), requestId });
  count('RequestsFailed', 1);
  return new ApiProblem('internal', 'the request failed; it may be sent again');
};

/**
 * Creates the handler of one function of the API: it checks a request by its route, calls the operation's handler, and
 * turns whatever is thrown into a problem document. It never throws.
 */
export const createApiHandler = <Service extends ApiService>(
  service: Service,
  handlers: ApiHandlers<Service>,
) => {
  const byKey = listRoutes(service);
  const run = async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const operation = byKey.get(request.routeKey);
    if (operation === undefined) throw unknownRoute(request);
    const handle = (handlers as Readonly<Record<string, (request: ApiRequest) => Promise<ApiAnswer>>>)[
      operation
    ];
    const answer = await handle?.(checkRequest(operation, request));
    return buildAnswer(answer as ApiAnswer, routes[operation].success);
  };
  return async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const { requestId } = request.requestContext;
    const answer = await run(request).catch((error: unknown) =>
      buildProblem(toProblem(error, requestId), requestId),
    );
    // Neither paths nor parameters: they may be personal.
    logger.info('request answered', { routeKey: request.routeKey, status: answer.statusCode, requestId });
    count(answer.statusCode < 400 ? 'RequestsAnswered' : 'RequestsRefused', 1);
    return answer;
  };
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'];

/** A part of a route's path: a text, a variable, or a variable that takes all parts that are left. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable' | 'greedy'; readonly name: string };

/** The requests that a route answers. */
export interface RoutePattern {
  /** `ANY` for all methods. */
  readonly method: string;
  readonly parts: readonly Part[];
}

const parsePart = (text: string): Part | undefined => {
  const [, name, plus] = /^\{([\w.-]+)(\+?)\}$/.exec(text) ?? [];
  if (name !== undefined) return { kind: plus === '+' ? 'greedy' : 'variable', name };
  return /[{}]/.test(text) || text === '' ? undefined : { kind: 'text', text };
};

/**
 * Parses a route's key, such as `GET /api/leads/{id}`; `default` for `$default`. Returns undefined for a key that API
 * Gateway refuses, too.
 */
export const parseRouteKey = (key: string): RoutePattern | 'default' | undefined => {
  if (key === '$default') return 'default';
  const [, method = '', path = ''] = /^([A-Z]+) \/(\S+)$/.exec(key) ?? [];
  const parts = path.split('/').map(parsePart);
  const known = parts.filter((part) => part !== undefined);
  const isWhole = known.length === parts.length && known.slice(0, -1).every(({ kind }) => kind !== 'greedy');
  return methods.includes(method) && isWhole ? { method, parts: known } : undefined;
};

/** Decodes a part of a path once. Bytes that are no UTF-8 become U+FFFD. */
const decodePart = (text: string): string =>
  text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());

/**
 * Splits a path as it was sent and decodes its parts; a slash that is encoded divides nothing. Returns undefined if a
 * percent sign begins no byte.
 */
export const splitPath = (path: string): readonly string[] | undefined =>
  /%(?![0-9a-f]{2})/i.test(path) ? undefined : path.split('/').slice(1).map(decodePart);

type Variables = Readonly<Record<string, string>>;

/** Returns the values of a pattern's variables; undefined if a path doesn't fit. A variable isn't empty. */
const readVariables = ({ parts }: RoutePattern, given: readonly string[]): Variables | undefined => {
  const isGreedy = parts.at(-1)?.kind === 'greedy';
  if (isGreedy ? given.length < parts.length : given.length !== parts.length) return undefined;
  const variables: [string, string][] = [];
  for (const [i, part] of parts.entries()) {
    const value = part.kind === 'greedy' ? given.slice(i).join('/') : (given[i] ?? '');
    if (part.kind === 'text' ? part.text !== value : value === '') return undefined;
    if (part.kind !== 'text') variables.push([part.name, value]);
  }
  return Object.fromEntries(variables);
};

const ranks = { text: 0, variable: 1, greedy: 2 };

/** Compares two patterns that fit one request: the more specific path is first, then the method before `ANY`. */
const compare = (a: RoutePattern, b: RoutePattern): number => {
  for (const [i, part] of a.parts.entries()) {
    const difference = ranks[part.kind] - ranks[b.parts[i]?.kind ?? 'greedy'];
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
};

/** A route with its pattern; `default` for the one that takes what no other does. */
export interface Routed {
  readonly pattern: RoutePattern | 'default';
}

/** The route that answers a request, with the values of its variables. */
export interface FoundRoute<Route extends Routed> {
  readonly route: Route;
  readonly variables: Variables;
}

/**
 * Finds the route of a request as API Gateway does: the most specific path with the request's method or `ANY`, else
 * `$default`. A path with a slash at its end is another path, and HEAD is a method of its own. Source:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 *
 * @param path the parts of the path, decoded
 */
export const findRoute = <Route extends Routed>(
  routes: readonly Route[],
  method: string,
  path: readonly string[],
): FoundRoute<Route> | undefined => {
  const fitting = routes.flatMap((route) => {
    const { pattern } = route;
    if (pattern === 'default' || (pattern.method !== method && pattern.method !== 'ANY')) return [];
    const variables = readVariables(pattern, path);
    return variables === undefined ? [] : [{ route, pattern, variables }];
  });
  const [first] = fitting.toSorted((a, b) => compare(a.pattern, b.pattern));
  if (first !== undefined) return first;
  const route = routes.find(({ pattern }) => pattern === 'default');
  return route && { route, variables: {} };
};

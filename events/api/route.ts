import type * as z from 'zod/mini';
import type { Role } from './roles.ts';

/** The functions that answer the API, by what each may touch. */
export const apiServices = ['answer-queries', 'take-requests', 'manage-quarantine', 'manage-models'] as const;
export type ApiService = (typeof apiServices)[number];

type Method = 'GET' | 'POST' | 'DELETE';

/** The kinds of bodies: one JSON document, or events as a JSON list or as one JSON object a line. */
type BodyKind = 'json' | 'events';

/**
 * A route of the API. The gateways, the functions, the OpenAPI document and the tests are made of it. Parameters arrive
 * as text; bodies as JSON.
 */
export interface Route<
  Path extends z.ZodMiniType = z.ZodMiniType,
  Query extends z.ZodMiniType = z.ZodMiniType,
  Body extends z.ZodMiniType = z.ZodMiniType,
> {
  readonly method: Method;
  /** Begins with `/api`; parameters are in braces. */
  readonly path: `/api/${string}`;
  readonly service: ApiService;
  /** The least role of people who may use it. */
  readonly role: Role;
  /** A line for the OpenAPI document. */
  readonly summary: string;
  readonly pathParameters: Path;
  readonly query: Query;
  /** The schema of a JSON body. @default - the route takes no body */
  readonly body?: Body;
  /** @default json */
  readonly bodyKind?: BodyKind;
  /** The most bytes of the body. @default apiLimits.bodyBytes */
  readonly bodyBytes?: number;
  /** The deepest nesting of the body. @default apiLimits.depth */
  readonly bodyDepth?: number;
  /** The status of success. 202: what follows happens later. */
  readonly success: 200 | 202;
  /** Whether `If-Match` is honoured: the lead must have the version that the caller has seen. */
  readonly conditional?: true;
}

/** Defines a route, with the types of its schemas and the function that answers it. */
export const route = <
  const Service extends ApiService,
  const Path extends z.ZodMiniType,
  const Query extends z.ZodMiniType,
  const Body extends z.ZodMiniType = z.ZodMiniType<undefined>,
>(
  props: Route<Path, Query, Body> & { readonly service: Service },
): Route<Path, Query, Body> & { readonly service: Service } => props;

type Parsed<S> = S extends z.ZodMiniType ? z.output<S> : undefined;

/** The parsed parameters and the body of a route. */
export type ParametersOf<R extends Route> =
  R extends Route<infer Path, infer Query, infer Body>
    ? { readonly path: Parsed<Path>; readonly query: Parsed<Query>; readonly body: Parsed<Body> }
    : never;

/** Returns the key by which API Gateway names a route, such as `GET /api/leads/{id}`. */
export const routeKeyOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

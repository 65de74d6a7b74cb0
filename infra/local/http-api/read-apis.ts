import type * as z from 'zod';
import { LocalStackError } from '../errors.ts';
import { namesFunction } from '../function-name.ts';
import {
  httpApi,
  httpApiIntegration,
  httpApiRoute,
  httpApiStage,
  jwtAuthorizer,
} from '../resource-schemas.ts';
import type { Resource } from '../resource-types.ts';
import { parseRouteKey, type Routed } from './route-pattern.ts';

/** The issuer that a token must come from, and whom it must be meant for: one of the audience. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: readonly string[];
}

/**
 * The way in which a route finds out who sends a request. A token needs one of the scopes, if there are any; `none`
 * leaves it to the function.
 */
export type AuthorizerSpec =
  | { readonly kind: 'none' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'jwt'; readonly rules: TokenRules; readonly scopes: readonly string[] };

interface ApiRouteSpec extends Routed {
  readonly key: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer: AuthorizerSpec;
}

/** The beginnings of paths that HTTP APIs may have. Other paths of the endpoint are those of AWS's services. */
const apiRoots = ['api', 'hooks'] as const;
type ApiRoot = (typeof apiRoots)[number];

export interface ApiSpec {
  readonly id: string;
  /** The authorizer of all its routes. Clients choose the API by it, among those of the same root. */
  readonly kind: AuthorizerSpec['kind'];
  /** The part with which all its paths begin. */
  readonly root: ApiRoot;
  readonly routes: readonly ApiRouteSpec[];
}

/** The means by which resources are read. */
export interface ReadApisProps {
  readonly all: (type: string) => readonly Resource[];
  readonly read: <T>(resource: Resource, schema: z.ZodType<T>) => T;
  /** Returns the value of `Ref`. */
  readonly idOf: (resource: Resource) => string;
  readonly functions: readonly { readonly name: string; readonly arn: string }[];
}

const invalid = ({ stack, logicalId, type }: Resource, what: string): LocalStackError =>
  new LocalStackError('RESOURCE_INVALID', `${stack}/${logicalId} (${type}): ${what}`);

/** Returns the function's ARN in the URI of an integration: the ARN itself, or the path of its invocation. */
const parseUri = (uri: string): string => /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

const readPattern = (resource: Resource, key: string): Routed['pattern'] => {
  const pattern = parseRouteKey(key);
  if (pattern === 'default' || (pattern !== undefined && findRoot(pattern) !== undefined)) return pattern;
  const allowed = apiRoots.map((root) => `/${root}`).join(' or ');
  throw invalid(
    resource,
    `RouteKey: given ${key}; allowed are $default, and a method with a path below ${allowed}`,
  );
};

const findRoot = (pattern: Routed['pattern']): ApiRoot | undefined => {
  const [first] = pattern === 'default' ? [] : pattern.parts;
  return apiRoots.find((root) => first?.kind === 'text' && first.text === root);
};

/** Returns the root of all routes of an API. */
const readRoot = (resource: Resource, routes: readonly Routed[]): ApiRoot => {
  const roots = new Set(routes.flatMap(({ pattern }) => findRoot(pattern) ?? []));
  const [root, other] = roots;
  if (root !== undefined && other === undefined) return root;
  const allowed = apiRoots.map((each) => `/${each}`).join(', or all below ');
  throw invalid(
    resource,
    `given paths below ${[...roots].join(' and ') || 'none'}; allowed: all below ${allowed}`,
  );
};

/**
 * Reads the HTTP APIs with their routes.
 *
 * @throws LocalStackError `RESOURCE_INVALID` for what isn't supported
 */
export const readApis = ({ all, read, idOf, functions }: ReadApisProps): ApiSpec[] => {
  const byId = <T>(type: string, schema: z.ZodType<T>) =>
    new Map(all(`AWS::ApiGatewayV2::${type}`).map((resource) => [idOf(resource), read(resource, schema)]));
  const integrations = byId('Integration', httpApiIntegration);
  const authorizers = byId('Authorizer', jwtAuthorizer);
  const stages = all('AWS::ApiGatewayV2::Stage').map((resource) => read(resource, httpApiStage));

  const readAuthorizer = (resource: Resource, route: z.infer<typeof httpApiRoute>): AuthorizerSpec => {
    if (route.AuthorizationType === 'NONE') return { kind: 'none' };
    if (route.AuthorizationType === 'AWS_IAM') return { kind: 'iam' };
    const { Issuer: issuer, Audience: audience } =
      authorizers.get(route.AuthorizerId ?? '')?.JwtConfiguration ?? {};
    if (issuer !== undefined && audience !== undefined) {
      return { kind: 'jwt', rules: { issuer, audience }, scopes: route.AuthorizationScopes };
    }
    throw invalid(
      resource,
      `AuthorizerId: given ${route.AuthorizerId ?? 'none'}; allowed is an authorizer of the app`,
    );
  };

  const readTarget = (resource: Resource, target: string) => {
    const integration = integrations.get(target.replace('integrations/', ''));
    const given = integration && parseUri(integration.IntegrationUri);
    const found = functions.find((one) => given !== undefined && namesFunction(given, one));
    if (integration !== undefined && found !== undefined) {
      return { functionArn: found.arn, timeoutMs: integration.TimeoutInMillis };
    }
    throw invalid(
      resource,
      `Target: given ${given ?? target}; allowed is an integration with a function of the app`,
    );
  };

  const routes = all('AWS::ApiGatewayV2::Route').map((resource) => {
    const properties = read(resource, httpApiRoute);
    const spec: ApiRouteSpec = {
      key: properties.RouteKey,
      pattern: readPattern(resource, properties.RouteKey),
      ...readTarget(resource, properties.Target),
      authorizer: readAuthorizer(resource, properties),
    };
    return { api: properties.ApiId, spec };
  });

  const apis = all('AWS::ApiGatewayV2::Api').map((resource) => {
    read(resource, httpApi);
    const id = idOf(resource);
    const own = routes.filter(({ api }) => api === id).map(({ spec }) => spec);
    const [kind, other] = new Set(own.map(({ authorizer }) => authorizer.kind));
    if (kind === undefined) throw invalid(resource, 'the API has no routes');
    if (other !== undefined) throw invalid(resource, 'all routes of an API need the same type of authorizer');
    if (!stages.some(({ ApiId }) => ApiId === id))
      throw invalid(resource, 'the API needs the stage $default');
    return { resource, spec: { id, kind, root: readRoot(resource, own), routes: own } };
  });
  for (const [i, { resource, spec }] of apis.entries()) {
    const before = apis.slice(0, i).filter((one) => one.spec.root === spec.root);
    if (before.some((one) => one.spec.kind === spec.kind))
      throw invalid(resource, 'another API has the same type of authorizer: they share one address here');
    if (before.length > 0 && [spec, ...before.map((one) => one.spec)].some(({ kind }) => kind === 'none'))
      throw invalid(
        resource,
        `another API answers below /${spec.root}, and one of them asks nobody who they are`,
      );
  }
  assertOneIssuer(apis);
  return apis.map(({ spec }) => spec);
};

/** Asserts that all routes trust the same issuer: there is one here, which signs as the issuer that they name. */
const assertOneIssuer = (apis: readonly { readonly resource: Resource; readonly spec: ApiSpec }[]): void => {
  for (const { resource, spec } of apis) {
    const rules = spec.routes.flatMap(({ authorizer }) =>
      authorizer.kind === 'jwt' ? [authorizer.rules] : [],
    );
    if (new Set(rules.map((one) => JSON.stringify(one))).size > 1)
      throw invalid(resource, 'all routes of an API need the same issuer and audience');
  }
};

import { type Operation, type Role, routeKeyOf, routeOf, scopeOf } from '../../events/api/index.ts';
import type { GatewayAnswer, GatewayRequest } from '../../shared/api/index.ts';

export interface RequestProps {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Is sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default admin */
  readonly role?: Role | 'service' | 'nobody';
  readonly subject?: string;
  readonly queues?: readonly string[];
}

const authorizerOf = ({ role = 'admin', subject = 'jane@example.com', queues = [] }: RequestProps) => {
  if (role === 'nobody') return undefined;
  if (role === 'service') return { iam: { userArn: 'arn:aws:sts::123456789012:assumed-role/crm/bridge' } };
  // API Gateway writes a claim that is a list as text in brackets.
  const claims = { sub: subject, scope: scopeOf(role), queues: `[${queues.join(' ')}]` };
  return { jwt: { claims, scopes: [scopeOf(role)] } };
};

/** Returns a request as the HTTP API passes it to a function. */
export const apiRequest = (operation: Operation, props: RequestProps = {}): GatewayRequest => {
  const { path = {}, query = {}, body, headers = {} } = props;
  const route = routeOf(operation);
  return {
    routeKey: routeKeyOf(route),
    rawPath: route.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? ''),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    pathParameters: path,
    queryStringParameters: query,
    requestContext: {
      requestId: 'request-1',
      http: { method: route.method },
      authorizer: authorizerOf(props),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
};

/** Returns the JSON of an answer. */
export const bodyOf = ({ body }: GatewayAnswer) => JSON.parse(body);

import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { GatewayRequest } from '../protocols/protocol.ts';
import { account } from '../resource-types.ts';

/** The caller as the authorizer has found out, in the form that functions get. */
export type AuthorizerContext =
  | {
      readonly jwt: {
        readonly claims: Readonly<Record<string, string>>;
        readonly scopes: readonly string[] | null;
      };
    }
  | { readonly iam: Readonly<Record<string, string | null>> };

export interface EventProps {
  readonly request: GatewayRequest;
  /** The parts of the path, decoded. */
  readonly path: readonly string[];
  readonly api: string;
  readonly routeKey: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Undefined if the route asks nobody who they are. */
  readonly authorizer: AuthorizerContext | undefined;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Returns a new id of a request, in the form that API Gateway's have. */
export const createRequestId = (): string => `${randomBytes(11).toString('base64url')}=`;

/**
 * The media types whose bodies reach a function as text. All others, and bodies without a type, are encoded in base64.
 * Measured on AWS: https://github.com/ministackorg/ministack/pull/766
 */
const textTypes = /^(text\/.*|application\/(json|xml|javascript))$/;

const isText = (contentType: string): boolean =>
  textTypes.test((contentType.split(';')[0] ?? '').trim().toLowerCase());

/** Returns a list as API Gateway writes values that occur several times. */
const joined = (values: readonly string[]): string => values.join(',');

const readHeaders = ({ headersDistinct }: GatewayRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headersDistinct)
      .filter(([name]) => name !== 'cookie')
      .map(([name, values = []]) => [name, joined(values)]),
  );

const readCookies = ({ headersDistinct }: GatewayRequest): string[] =>
  (headersDistinct.cookie ?? [])
    .flatMap((line) => line.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');

const readQuery = ({ query }: GatewayRequest): Record<string, string> =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, joined(query.getAll(name))]));

const orUndefined = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length === 0 ? undefined : value;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Returns an instant in the form of access logs.
 *
 * @example formatLogTime(0) // '01/Jan/1970:00:00:00 +0000'
 */
export const formatLogTime = (at: number): string => {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
};

const readBody = ({ body, headers }: GatewayRequest): object => {
  if (body.length === 0) return { isBase64Encoded: false };
  // A text that isn't UTF-8 would lose bytes, over which somebody may have signed.
  const asText = isText(headers['content-type'] ?? '') && isUtf8(body);
  return { body: body.toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
};

/**
 * Builds the event of an HTTP API for a function, payload format 2.0. Source:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const buildEvent = (props: EventProps): object => {
  const { request, path, api, routeKey, variables, authorizer, requestId, at } = props;
  const { method, rawQuery, headers, httpVersion } = request;
  const rawPath = `/${path.join('/')}`;
  const domain = headers.host ?? '';
  // JSON leaves out what is undefined.
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: rawQuery,
    cookies: orUndefined(readCookies(request)),
    headers: readHeaders(request),
    queryStringParameters: orUndefined(readQuery(request)),
    pathParameters: orUndefined(variables),
    requestContext: {
      accountId: account,
      apiId: api,
      authorizer,
      domainName: domain,
      domainPrefix: domain.split('.')[0],
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: formatLogTime(at),
      timeEpoch: at,
    },
    ...readBody(request),
  };
};

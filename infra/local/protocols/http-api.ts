import type { Callers } from '../callers.ts';
import { ServiceError } from '../errors.ts';
import type { FunctionHost } from '../function-host.ts';
import { authorize } from '../http-api/authorize.ts';
import { buildEvent, createRequestId } from '../http-api/build-event.ts';
import { messageAnswer } from '../http-api/message-answer.ts';
import type { ApiSpec } from '../http-api/read-apis.ts';
import { mostPayloadBytes, readResponse } from '../http-api/read-response.ts';
import { findRoute, splitPath } from '../http-api/route-pattern.ts';
import type { Issuer } from '../issuer/issuer.ts';
import type { Answer, GatewayRequest, Protocol, RequestHead } from './protocol.ts';

/** The largest body that API Gateway takes. */
const mostBodyBytes = 10 * 1_048_576;

export interface HttpApiProps {
  readonly apis: readonly ApiSpec[];
  /** The running functions, by ARN. */
  readonly hosts: ReadonlyMap<string, FunctionHost>;
  readonly callers: Callers;
  readonly issuer: Issuer | undefined;
}

const tooLarge = (): Answer => messageAnswer(413, 'Request Entity Too Large');

const findApis = (apis: readonly ApiSpec[], { path }: RequestHead): ApiSpec[] =>
  apis.filter(({ root }) => path === `/${root}` || path.startsWith(`/${root}/`));

/** Chooses the API of a request. On AWS each has an address of its own; here the path decides, then the credentials. */
const chooseApi = (apis: readonly ApiSpec[], request: RequestHead): ApiSpec | undefined => {
  const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256');
  const found = findApis(apis, request);
  return found.find(({ kind }) => kind === (isSigned ? 'iam' : 'jwt')) ?? found[0];
};

/** Returns what a promise resolves to, or undefined after a time. */
const within = async <T>(timeoutMs: number, work: Promise<T>): Promise<T | undefined> => {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), timeoutMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Has a function answer. One that is late runs on, as on AWS. */
const callFunction = async (host: FunctionHost, event: object, timeoutMs: number): Promise<Answer> => {
  const payload = JSON.stringify(event);
  if (Buffer.byteLength(payload) > mostPayloadBytes) return tooLarge();
  const result = await within(timeoutMs, host.invokeWith(payload));
  if (result === undefined) return messageAnswer(503, 'Service Unavailable');
  const answer = result.ok ? readResponse(result.response) : undefined;
  return answer ?? messageAnswer(500, 'Internal Server Error');
};

const answerRequest = async (
  { apis, hosts, ...known }: HttpApiProps,
  request: GatewayRequest,
  requestId: string,
): Promise<Answer> => {
  if (request.body.length > mostBodyBytes) return tooLarge();
  const path = splitPath(request.path);
  if (path === undefined) return messageAnswer(400, 'Bad Request');
  const api = chooseApi(apis, request);
  const found = api && findRoute(api.routes, request.method, path);
  const host = found && hosts.get(found.route.functionArn);
  if (api === undefined || found === undefined || host === undefined) return messageAnswer(404, 'Not Found');
  const { route, variables } = found;
  const authorization = await authorize(route.authorizer, request, known);
  if (!authorization.ok) return authorization.answer;
  const event = buildEvent({
    request,
    path,
    api: api.id,
    routeKey: route.key,
    variables,
    authorizer: authorization.context,
    requestId,
    at: Date.now(),
  });
  return callFunction(host, event, route.timeoutMs);
};

const refuse = (error: unknown): Answer => {
  if (!(error instanceof ServiceError)) return messageAnswer(500, 'Internal Server Error');
  if (error.type === 'RequestEntityTooLargeException') return tooLarge();
  return messageAnswer(error.type === 'AccessDeniedException' ? 403 : error.status, error.message);
};

/**
 * Speaks as the HTTP APIs of the app, for all paths below `/api` and `/hooks`. What differs from AWS: the APIs share one address,
 * nobody is throttled, and any signature is accepted. Not known of AWS, and chosen here: a percent sign that begins no
 * byte gets 400, as Go's server answers it, and a slash that is encoded divides no path.
 */
export const httpApiProtocol = (props: HttpApiProps): Protocol => ({
  speaks: (head) => findApis(props.apis, head).length > 0,
  answer: async (request) => {
    const requestId = createRequestId();
    const answer = await answerRequest(props, request, requestId);
    return { ...answer, headers: { ...answer.headers, 'apigw-requestid': requestId } };
  },
  refuse,
});

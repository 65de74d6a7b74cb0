import { ApiProblem, buildAnswer, buildProblem, type GatewayAnswer } from '../../shared/api/index.ts';
import { payloadOutcomes } from '../../shared/intake/index.ts';
import { count, countBy, errorFields, logger } from '../../shared/lambda/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import { answerHandshake, type SourceOf } from '../../shared/webhooks/index.ts';
import type { WebhookDeps } from './deps.ts';
import { checkMethod, findSource, unknownSource } from './find-source.ts';
import { readRequest, type WebhookRequest } from './read-request.ts';
import { Refusal, unavailable } from './refusal.ts';
import { noteSource, takeWebhook, type WebhookResult } from './take-webhook.ts';

/** Returns the body of an answer: how many payloads came to which end, and nothing of their contents. */
const describeResult = (taken: WebhookResult): object => {
  if (taken.kind === 'repeated') return { repeated: true };
  const { counts, events } = taken.result;
  const total = payloadOutcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  return { payloads: total, events, ...counts };
};

/** Answers a sender of CloudEvents that asks whether it may send. @throws Refusal */
const greet = (
  deps: WebhookDeps,
  source: SourceOf<'cloudevents'>,
  request: WebhookRequest,
): GatewayAnswer => {
  const answer = answerHandshake(readRequest(request, deps.hooksUrl, source.name), source);
  if (!answer.ok) throw new Refusal('invalid-request', 'the origin may not send events', [answer.problem]);
  return buildAnswer({ body: undefined, headers: answer.headers }, 200);
};

const receive = async (
  deps: WebhookDeps,
  source: WebhookSource,
  request: WebhookRequest,
): Promise<GatewayAnswer> => {
  const { method } = request.requestContext.http;
  checkMethod(source, method);
  if (source.kind === 'cloudevents' && method === 'OPTIONS') return greet(deps, source, request);
  const taken = await takeWebhook(deps, source, readRequest(request, deps.hooksUrl, source.name));
  countBy('WebhooksReceived', 'source', [[source.name, 1]]);
  if (taken.kind === 'taken' && taken.result.counts.unavailable > 0) throw unavailable();
  return buildAnswer({ body: describeResult(taken) }, 200);
};

/** Notes a refusal for its source. The reason and what is allowed are noted, never what was given. */
const noteRefusal = async (deps: WebhookDeps, { name }: WebhookSource, error: unknown): Promise<void> => {
  if (!(error instanceof Refusal)) return;
  const allowed = error.errors[0]?.allowed ?? '';
  await noteSource(deps, { source: name, refused: { reason: error.reason, allowed } });
};

/** The fields by which log lines name a request. The source has the name of its document, never a part of the path. */
interface Named {
  readonly requestId: string;
  readonly source?: string;
}

const toProblem = (error: unknown, named: Named): ApiProblem => {
  if (error instanceof ApiProblem) return error;
  // Whatever failed, the sender still has the webhook: it must not think that it was taken in.
  logger.error('webhook failed', { ...errorFields(error), ...named });
  return unavailable();
};

/** Runs the work for one source, whose status gets to know of a refusal. */
const receiveNoted = async (
  deps: WebhookDeps,
  source: WebhookSource | undefined,
  request: WebhookRequest,
): Promise<GatewayAnswer> => {
  if (source === undefined) throw unknownSource(request);
  try {
    return await receive(deps, source, request);
  } catch (error) {
    await noteRefusal(deps, source, error);
    throw error;
  }
};

/**
 * Creates the function that takes in webhooks. It never throws, and answers 2xx to all that is merely unwanted: tools
 * send again or give up what is answered otherwise.
 */
export const receiveWebhooks =
  (deps: WebhookDeps) =>
  async (request: WebhookRequest): Promise<GatewayAnswer> => {
    const { requestId } = request.requestContext;
    const source = findSource(deps, request);
    const named = { requestId, ...(source !== undefined && { source: source.name }) };
    const answer = await receiveNoted(deps, source, request).catch((error: unknown) =>
      buildProblem(toProblem(error, named), requestId),
    );
    logger.info('webhook answered', { status: answer.statusCode, ...named });
    if (answer.statusCode >= 500) count('WebhooksFailed', 1);
    else if (answer.statusCode >= 400) count('WebhooksRefused', 1);
    return answer;
  };

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { GatewayAnswer, GatewayRequest } from '../../shared/api/index.ts';
import type { History } from '../pipeline/stream.ts';
import type { Deployment } from './deployment.ts';
import { runInvocations } from './invocations.ts';
import type { FunctionUsage } from './usage.ts';

/** Requests of one kind, and what the function of their route uses. */
export interface ApiUsage {
  readonly kind: string;
  readonly service: string;
  readonly usage: FunctionUsage;
  /** The bytes of the body of one request, and of one answer. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** The requests to other services that one invocation makes at once. @default 1 */
  readonly inFlight?: number;
}

interface Requests {
  readonly kind: string;
  readonly service: string;
  readonly requests: readonly GatewayRequest[];
}

/** Returns the part of a request that all have in common, as the API for services passes it. */
const buildRequest = (method: string, rawPath: string): GatewayRequest => ({
  routeKey: `${method} ${rawPath}`,
  rawPath,
  headers: {},
  requestContext: {
    requestId: randomUUID(),
    http: { method },
    authorizer: { iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/bench/bench' } },
  },
});

const readLead = (id: string): GatewayRequest => ({
  ...buildRequest('GET', `/api/leads/${id}`),
  routeKey: 'GET /api/leads/{id}',
  pathParameters: { id },
});

const postEvents = (events: readonly unknown[], isKeyed: boolean): GatewayRequest => ({
  ...buildRequest('POST', '/api/events'),
  headers: { 'content-type': 'application/json', ...(isKeyed && { 'idempotency-key': randomUUID() }) },
  body: JSON.stringify(events),
});

const full = 500;

const listRequests = (histories: readonly History[]): Requests[] => {
  const events = histories.flat();
  const ids = histories.map(([first]) => first?.detail.data.leadId ?? '');
  const post = (kind: string, size: number, count: number, isKeyed: boolean): Requests => {
    const starts = Array.from({ length: count }, (_, i) => (i * 37) % (events.length - size));
    const requests = starts.map((start) => postEvents(events.slice(start, start + size), isKeyed));
    return { kind, service: 'take-requests', requests };
  };
  return [
    { kind: 'GET lead', service: 'answer-queries', requests: ids.map(readLead) },
    post('POST one event', 1, 300, false),
    post('POST one event, with a key', 1, 300, true),
    post(`POST ${full} events`, full, 10, false),
    post(`POST ${full} events, with a key`, full, 10, true),
  ];
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sends requests of each kind to the functions of the API, and returns what they use. The leads must be in the table. */
export const runApiRequests = async (
  deployment: Deployment,
  histories: readonly History[],
): Promise<ApiUsage[]> => {
  const usages: ApiUsage[] = [];
  for (const { kind, service, requests } of listRequests(histories)) {
    const answers: number[] = [];
    const usage = await runInvocations(deployment, service, {
      events: requests,
      check: (answer) => {
        const { statusCode, body } = answer as GatewayAnswer;
        assert.equal(statusCode, 200, body);
        answers.push(Buffer.byteLength(body));
      },
    });
    const requestBytes = mean(requests.map(({ body }) => Buffer.byteLength(body ?? '')));
    usages.push({ kind, service, usage, requestBytes, answerBytes: mean(answers) });
  }
  return usages;
};

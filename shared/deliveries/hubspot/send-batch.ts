import type { HttpAnswer } from '../http-sender.ts';
import type { AttemptResult, TargetDeps } from '../target.ts';
import { readBody } from './answer-body.ts';
import { type BatchInput, writeBatch } from './batch-input.ts';
import type { PropertyNames } from './property-names.ts';
import { readRefusal } from './read-refusal.ts';
import { readResults } from './read-results.ts';

/** The bytes of an answer that are read: 100 records with their properties. */
const mostAnswerBytes = 1_000_000;

/** The most requests for one batch of which HubSpot refuses an input without naming it. */
const mostRequests = 20;

/** After so long no further request begins, so that the last one ends within the longest time of an attempt. */
const mostMs = 5_000;

export interface BatchDeps extends Pick<TargetDeps, 'http' | 'now' | 'wait'> {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly names: PropertyNames;
  /** The pause between two requests, in milliseconds. */
  readonly pauseMs: number;
}

/** Sends a request with the newest token, and with the one before it if HubSpot doesn't know the newest yet. */
const request = async (
  { http, url, tokens, now }: BatchDeps,
  body: string,
  deadline: number,
): Promise<HttpAnswer> => {
  let answer: HttpAnswer = { kind: 'refused', reason: 'the subscription has no secret' };
  for (const [place, token] of tokens.entries()) {
    if (place > 0 && now() >= deadline) return answer;
    const headers = { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' };
    answer = await http.send({ url, headers, body, mostAnswerBytes });
    if (answer.kind !== 'answered' || answer.status !== 401) return answer;
  }
  return answer;
};

type Sent =
  | { readonly kind: 'read'; readonly results: readonly AttemptResult[] }
  | { readonly kind: 'some-input'; readonly reason: string; readonly status: number };

const sendWhole = async (deps: BatchDeps, inputs: readonly BatchInput[], deadline: number): Promise<Sent> => {
  const same = (result: AttemptResult): Sent => ({ kind: 'read', results: inputs.map(() => result) });
  const answer = await request(deps, writeBatch(inputs), deadline);
  if (answer.kind !== 'answered') return same({ kind: 'retry', reason: answer.reason });
  const { status, retryAfterMs } = answer;
  const body = readBody(answer.body);
  if (status >= 200 && status < 300) return { kind: 'read', results: readResults(body, inputs, status) };
  const refusal = readRefusal({ status, body, retryAfterMs }, deps.names);
  return refusal.kind === 'all' ? same(refusal.result) : { ...refusal, status };
};

/**
 * Sends a batch. If HubSpot refuses it for an input that it doesn't name, the halves are sent on their own, until the
 * input is alone: it fails, and the others are written. What there is no time or request left for is tried again.
 */
export const sendBatch = async (
  deps: BatchDeps,
  inputs: readonly BatchInput[],
): Promise<readonly AttemptResult[]> => {
  const deadline = deps.now() + mostMs;
  let left = mostRequests;
  const send = async (part: readonly BatchInput[]): Promise<readonly AttemptResult[]> => {
    const isFirst = left === mostRequests;
    if (left === 0 || (!isFirst && deps.now() + deps.pauseMs >= deadline))
      return part.map(() => ({ kind: 'retry', reason: 'in a batch that HubSpot refuses' }));
    if (!isFirst) await deps.wait(deps.pauseMs);
    left -= 1;
    const sent = await sendWhole(deps, part, deadline);
    if (sent.kind === 'read') return sent.results;
    if (part.length === 1) return [{ kind: 'failed', reason: sent.reason, status: sent.status }];
    const half = Math.ceil(part.length / 2);
    return [...(await send(part.slice(0, half))), ...(await send(part.slice(half)))];
  };
  return send(inputs);
};

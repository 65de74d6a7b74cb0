import type { HttpAnswer } from '../http-sender.ts';
import type { AttemptResult } from '../target.ts';

/** The errors of Slack that say that the webhook or its channel is gone for good. */
const goneErrors: ReadonlySet<string> = new Set([
  'channel_is_archived',
  'channel_not_found',
  'invalid_token',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'team_disabled',
]);

/** The errors that an admin of the workspace can lift, so that what waits is posted then. */
const liftableErrors: ReadonlySet<string> = new Set([
  'action_prohibited',
  'posting_to_general_channel_denied',
  'rollup_error',
]);

const errorForm = /^[a-z_]{1,60}$/;

/** Returns the error that Slack's answer contains in one word; the status if it contains something else. */
const readError = (status: number, body: string): string => {
  const error = body.trim();
  return errorForm.test(error) ? error : `HTTP ${status}`;
};

const isGone = (status: number, error: string): boolean =>
  goneErrors.has(error) || status === 404 || status === 410;

const isPassing = (status: number, error: string): boolean =>
  liftableErrors.has(error) || status < 400 || status >= 500 || status === 403 || status === 408;

/** Reads the answer of an incoming webhook. It has the error as a word in its body, beside the status. */
export const readAnswer = (answer: HttpAnswer): AttemptResult => {
  if (answer.kind !== 'answered') return { kind: 'retry', reason: answer.reason };
  const { status, body, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === 429)
    return { kind: 'retry', reason: 'rate limited', status, retryAfterMs: retryAfterMs ?? 60_000 };
  const error = readError(status, body);
  if (isGone(status, error)) return { kind: 'gone', status };
  return { kind: isPassing(status, error) ? 'retry' : 'failed', reason: error, status };
};

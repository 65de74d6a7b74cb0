import type { HttpAnswer } from './http-sender.ts';
import { signMessage } from './sign.ts';
import type { AttemptResult, CreateTarget, ReadyDelivery, TargetDeps } from './target.ts';
import type { WebhookOptions } from './target-options.ts';
import { buildWebhookBody } from './webhook-body.ts';

/** The deliveries that are sent to a webhook side by side, each of another lead. */
const most = 8;

/** Statuses by which a target asks for a pause. */
const throttles: readonly number[] = [429, 502, 503, 504];

/** Returns the host that a redirection leads to. The rest of its address may be secret. */
const describeRedirect = (headers: Readonly<Record<string, string>>, from: string): string => {
  const to = headers.location;
  return to !== undefined && URL.canParse(to, from) ? ` to ${new URL(to, from).host}` : '';
};

/** Returns what an answer means: only 2xx is success, and no redirection is followed. */
const judgeAnswer = (answer: HttpAnswer, url: string): AttemptResult => {
  if (answer.kind !== 'answered') return { kind: 'retry', reason: answer.reason };
  const { status, headers, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === 410) return { kind: 'gone', status };
  const redirect =
    status >= 300 && status < 400
      ? `: a redirection${describeRedirect(headers, url)}, which is not followed`
      : '';
  return {
    kind: 'retry',
    status,
    reason: `answered ${status}${redirect}`,
    ...(retryAfterMs !== undefined && throttles.includes(status) && { retryAfterMs }),
  };
};

const deliverOne = async (
  { secrets, http, now }: TargetDeps,
  { url, secret }: WebhookOptions & { readonly secret: string },
  delivery: ReadyDelivery,
): Promise<AttemptResult> => {
  const body = buildWebhookBody(delivery);
  const seconds = Math.floor(now() / 1_000);
  const signature = signMessage(await secrets.read(secret), { id: delivery.eventId, seconds, body });
  if (signature === undefined)
    return { kind: 'retry', reason: `there is no secret ${secret} of 24 to 64 bytes in base64` };
  const answer = await http.send({
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Sluice',
      'webhook-id': delivery.eventId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signature,
    },
    body,
  });
  return judgeAnswer(answer, url);
};

/** Creates a target that gets signed webhooks, as Standard Webhooks 1.0.0 describes them. */
export const createWebhookTarget: CreateTarget = ({ name, target, secret }, deps) => {
  if (target.kind !== 'webhook')
    throw new TypeError(`the target of ${name} is ${target.kind}, not a webhook`);
  return {
    most,
    deliver: (deliveries) =>
      Promise.all(deliveries.map((delivery) => deliverOne(deps, { ...target, secret }, delivery))),
  };
};

import { timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../../events/index.ts';
import { signMessage } from '../../shared/deliveries/index.ts';

export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body, exactly as it came. */
  readonly body: string;
}

const isSame = (a: string, b: string): boolean => {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
};

/** The most that the timestamp may differ from the clock. */
const toleranceMs = 5 * minuteMs;

/** Returns what is wrong with a webhook, by Standard Webhooks 1.0.0; undefined if nothing is. */
export const findWebhookProblem = (
  { headers, body }: ReceivedWebhook,
  secrets: readonly string[],
  now: number,
): string | undefined => {
  const read = (name: string) => (typeof headers[name] === 'string' ? headers[name] : undefined);
  const [id, timestamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(read);
  if (id === undefined || timestamp === undefined || given === undefined)
    return 'a header of Standard Webhooks is missing';
  const seconds = Number(timestamp);
  if (!/^\d+$/.test(timestamp) || Math.abs(now - seconds * 1_000) > toleranceMs)
    return `the timestamp is more than 5 minutes off the clock, ${new Date(now).toISOString()}`;
  const expected = signMessage(secrets, { id, seconds, body })?.split(' ');
  if (expected === undefined) return 'the secret has not 24 to 64 bytes in base64';
  return given.split(' ').some((signature) => expected.some((own) => isSame(own, signature)))
    ? undefined
    : 'no signature fits the secret';
};

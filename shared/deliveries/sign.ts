import { createHmac } from 'node:crypto';
import { parseSigningKey } from '../signing/index.ts';

/** A message as it is signed. */
export interface SignedMessage {
  readonly id: string;
  /** The instant of the attempt, in seconds since 1970. */
  readonly seconds: number;
  readonly body: string;
}

/**
 * Returns the value of `webhook-signature`: a signature by each secret, the newest first, so that a receiver can go from
 * one to the other. Undefined if no secret can be used.
 *
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const signMessage = (
  secrets: readonly string[],
  { id, seconds, body }: SignedMessage,
): string | undefined => {
  const signatures = secrets.flatMap((secret) => {
    const key = parseSigningKey(secret);
    if (key === undefined) return [];
    return [`v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`];
  });
  return signatures.length === 0 ? undefined : signatures.join(' ');
};

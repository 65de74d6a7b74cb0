import type { WebhookSource } from '../../shared/sources/index.ts';
import { kindOf, type Received, type Verification } from '../../shared/webhooks/index.ts';
import type { WebhookDeps } from './deps.ts';

/** Reasons that another secret could do away with. */
const bySecret: readonly string[] = ['wrong-signature', 'no-secret'];

/**
 * Verifies a request by the live secrets of its source. If none fits they are read again, since somebody may have just
 * replaced them.
 *
 * @throws if the secrets can't be read
 */
export const verifyRequest = async (
  { secrets, now }: WebhookDeps,
  source: WebhookSource,
  received: Received,
): Promise<Verification> => {
  const verify = (live: readonly string[]): Verification =>
    kindOf(source).verify(received, { secrets: live, now: now() }, source);
  const live = await secrets.read(source.secret);
  const first = verify(live);
  if (first.kind === 'verified' || !bySecret.includes(first.reason)) return first;
  const newer = await secrets.readAgain(source.secret);
  return JSON.stringify(newer) === JSON.stringify(live) ? first : verify(newer);
};

import {
  countPayloads,
  type IntakeResult,
  type OutcomeCounts,
  type PayloadOutcome,
  payloadOutcomes,
} from '../../shared/intake/index.ts';
import { errorFields, logger } from '../../shared/lambda/index.ts';
import type { SourceNote } from '../../shared/source-status/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import { kindOf, type Received } from '../../shared/webhooks/index.ts';
import type { WebhookDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { verifyRequest } from './verify-request.ts';

/** The most bytes of a body: what EventBridge takes as an event, and more than any vendor sends. */
const mostBytes = 1024 * 1024;

/** The result of a webhook that wasn't refused. `repeated`: it was taken in before, and changes nothing. */
export type WebhookResult =
  | { readonly kind: 'taken'; readonly result: IntakeResult }
  | { readonly kind: 'repeated' };

const checkSize = ({ body }: Received): void => {
  if (body.length <= mostBytes) return;
  const problem = { path: 'body', given: `${body.length} bytes`, allowed: `at most ${mostBytes} bytes` };
  throw new Refusal('too-large', 'the body is too large', [problem]);
};

/** Returns what identifies the request. @throws Refusal if nothing proves who sent it */
const prove = async (deps: WebhookDeps, source: WebhookSource, received: Received): Promise<string> => {
  const verified = await verifyRequest(deps, source, received);
  if (verified.kind === 'verified') return verified.signature;
  const { reason, problem } = verified;
  const detail = 'the request is not proved to come from the source';
  throw new Refusal('unproven', detail, [problem], reason, { 'www-authenticate': 'Webhook' });
};

const splitRequest = (source: WebhookSource, received: Received) => {
  const split = kindOf(source).split(received, source);
  if (split.kind === 'split') return split;
  throw new Refusal(split.type, 'the webhook is not valid', split.problems);
};

/** Does what has to happen behind a webhook, and must not make it fail: it was taken in already. */
const tryTo = async (failure: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    logger.warn(failure, errorFields(error));
  }
};

/** Notes what has come from a source. A note that fails is missing; the webhook is what counts. */
export const noteSource = ({ notes }: WebhookDeps, note: SourceNote): Promise<void> =>
  tryTo('source not noted', () => notes.note(note));

/** The ends after which nothing is left to do with a payload, whatever its mapping becomes. */
const final: readonly PayloadOutcome[] = ['taken', 'own', 'ignored'];

/** Returns whether nothing of a request is left over that a corrected mapping, or a store that works again, could take. */
const isTakenWhole = (counts: OutcomeCounts): boolean =>
  payloadOutcomes.every((outcome) => final.includes(outcome) || counts[outcome] === 0);

/**
 * Takes in a webhook: verifies it, splits it, and hands its payloads to the intake. It is noted as taken in only if all of
 * it was: until then it may be sent again, such as after its mapping was corrected. The events of those of its payloads
 * that were taken are the same then, and change nothing.
 *
 * @throws Refusal
 */
export const takeWebhook = async (
  deps: WebhookDeps,
  source: WebhookSource,
  received: Received,
): Promise<WebhookResult> => {
  checkSize(received);
  const signature = await prove(deps, source, received);
  const { payloads, passed } = splitRequest(source, received);
  const { name } = source;
  if (await deps.taken.has(name, signature)) {
    await noteSource(deps, { source: name, repeated: true });
    return { kind: 'repeated' };
  }
  const result = await deps.intake.take(source, payloads, passed);
  countPayloads(result);
  const { counts, unknown } = result;
  await Promise.all([
    noteSource(deps, { source: name, counts, unknown }),
    isTakenWhole(counts)
      ? tryTo('request not noted as taken in', () => deps.taken.note(name, signature))
      : undefined,
  ]);
  return { kind: 'taken', result };
};

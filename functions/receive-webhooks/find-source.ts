import { showValue } from '../../events/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import type { WebhookDeps } from './deps.ts';
import type { WebhookRequest } from './read-request.ts';
import { Refusal } from './refusal.ts';

/** Returns the name of the source in a path; undefined if the path is another one. */
const readName = ({ pathParameters, rawPath }: WebhookRequest): string | undefined =>
  pathParameters?.source ?? /\/hooks\/([^/]+)$/.exec(rawPath)?.[1];

/**
 * Finds the source that a request is for. An unknown one isn't answered by 404, by which some tools give a webhook up for
 * good.
 *
 * @throws Refusal
 */
export const findSource = ({ sources }: WebhookDeps, request: WebhookRequest): WebhookSource => {
  const name = readName(request);
  const source = name === undefined ? undefined : sources.get(name);
  if (source !== undefined) return source;
  const allowed = '/hooks/ and the name of a source, without anything behind';
  throw new Refusal('unknown-source', 'there is no such source of webhooks', [
    { path: 'path', given: showValue(request.rawPath), allowed },
  ]);
};

/** Returns the methods that a source takes. */
const methodsOf = ({ kind }: WebhookSource): readonly string[] =>
  kind === 'cloudevents' ? ['POST', 'OPTIONS'] : ['POST'];

/** @throws Refusal if a source doesn't take the method */
export const checkMethod = (source: WebhookSource, method: string): void => {
  const methods = methodsOf(source);
  if (methods.includes(method)) return;
  const allow = methods.join(', ');
  const problem = { path: 'method', given: method, allowed: allow };
  throw new Refusal('method-not-allowed', 'the source takes other methods', [problem], undefined, { allow });
};

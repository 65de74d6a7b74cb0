import { showValue } from '../../events/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import type { WebhookDeps } from './deps.ts';
import type { WebhookRequest } from './read-request.ts';
import { Refusal } from './refusal.ts';

/** Returns the name of the source in a path; undefined if the path is another one. */
const readName = ({ pathParameters, rawPath }: WebhookRequest): string | undefined =>
  pathParameters?.source ?? /\/hooks\/([^/]+)$/.exec(rawPath)?.[1];

/** Finds the source that a request is for. */
export const findSource = ({ sources }: WebhookDeps, request: WebhookRequest): WebhookSource | undefined => {
  const name = readName(request);
  return name === undefined ? undefined : sources.get(name);
};

/** Returns the refusal of a path without a source. It is never a 404, by which some tools give a webhook up for good. */
export const unknownSource = ({ rawPath }: WebhookRequest): Refusal => {
  const allowed = '/hooks/ and the name of a source, without anything behind';
  return new Refusal('unknown-source', 'there is no such source of webhooks', [
    { path: 'path', given: showValue(rawPath), allowed },
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

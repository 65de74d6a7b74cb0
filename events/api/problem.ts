import * as z from 'zod/mini';

/** The kinds of problem documents, with the HTTP status of each. Their names end the `type` of a document. */
export const problemTypes = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-cursor': { status: 400, title: 'The cursor is not valid' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'unknown-route': { status: 404, title: 'There is no such route' },
  'not-found': { status: 404, title: 'There is no such resource' },
  'method-not-allowed': { status: 405, title: 'The route has other methods' },
  conflict: { status: 409, title: 'The resource is in another state' },
  erased: { status: 410, title: 'The lead was erased' },
  'version-differs': { status: 412, title: 'The resource has another version' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has another media type' },
  'key-reused': { status: 422, title: 'The idempotency key belongs to another request' },
  'too-much-to-read': { status: 422, title: 'The answer would read too much' },
  unavailable: { status: 503, title: 'The request was not taken in' },
  internal: { status: 500, title: 'The request failed' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;
export type ProblemType = keyof typeof problemTypes;

const typePrefix = 'urn:sluice:problem:';

/** Returns the URI that identifies a kind of problem. */
export const problemTypeUri = (type: ProblemType): string => `${typePrefix}${type}`;

/** A problem document. Source: RFC 9457. */
export const problemDocument = z.strictObject({
  type: z.string().check(z.startsWith(typePrefix)),
  title: z.string(),
  status: z.int().check(z.gte(400), z.lte(599)),
  detail: z.string(),
  /** The id under which the request is found in the logs. */
  requestId: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), given: z.string(), allowed: z.string() })),
});

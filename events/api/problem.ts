interface Outline {
  readonly status: number;
  readonly title: string;
}
type Outlines = Readonly<Record<string, Outline>>;

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
} as const satisfies Outlines;

/** The kinds of problem documents with which only webhooks are answered. */
const webhookProblemTypes = {
  'unknown-source': { status: 400, title: 'There is no such source' },
  unproven: { status: 401, title: 'Nothing proves who sent the request' },
} as const satisfies Outlines;

export type ProblemType = keyof typeof problemTypes | keyof typeof webhookProblemTypes;

/** Returns the status and the title of a kind of problem document. */
export const outlineProblem = (type: ProblemType): Outline =>
  ({ ...problemTypes, ...webhookProblemTypes })[type];

/** The beginning of the URI that identifies a kind of problem. */
export const problemTypePrefix = 'urn:sluice:problem:';

/** Returns the URI that identifies a kind of problem. */
export const problemTypeUri = (type: ProblemType): string => `${problemTypePrefix}${type}`;

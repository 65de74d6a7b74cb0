/** The kinds of failures, by what a person can do about them. */
export type FailureKind =
  | 'offline'
  | 'signed-out'
  | 'no-rights'
  | 'not-found'
  | 'erased'
  | 'conflict'
  | 'invalid'
  | 'too-many'
  | 'unavailable';

/** A wrong value of a request. */
export interface FieldProblem {
  readonly path: string;
  readonly given: string;
  readonly allowed: string;
}

interface Failure {
  readonly kind: FailureKind;
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  /** The sentence of the API, in English; empty if there is none. */
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  /** The id under which the request is found in the logs. */
  readonly requestId?: string;
}

/** The failure of a request to the API. */
export class ApiError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.detail || failure.kind, options);
    this.name = 'ApiError';
    this.failure = failure;
  }
}

const kinds: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [400, 'invalid'],
  [401, 'signed-out'],
  [403, 'no-rights'],
  [404, 'not-found'],
  [409, 'conflict'],
  [410, 'erased'],
  [412, 'conflict'],
  [413, 'invalid'],
  [422, 'invalid'],
  [429, 'too-many'],
]);

/** Reads the problem document of an answer. An answer without one, such as that of a gateway, has no details. */
export const readProblem = async (response: Response): Promise<ApiError> => {
  const { status } = response;
  const text = await response.text().catch(() => '');
  let document: { detail?: unknown; errors?: unknown; requestId?: unknown; message?: unknown } = {};
  try {
    document = JSON.parse(text) ?? {};
  } catch {
    // The status says enough.
  }
  const { detail, errors, requestId } = document;
  return new ApiError({
    kind: kinds.get(status) ?? 'unavailable',
    status,
    detail: typeof detail === 'string' ? detail : '',
    errors: Array.isArray(errors) ? (errors as FieldProblem[]) : [],
    ...(typeof requestId === 'string' && { requestId }),
  });
};

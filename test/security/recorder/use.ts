/** What IAM would have been asked: one action on one resource, in the words of policies. */
export interface Use {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN without partition, region and account, such as `dynamodb:table/Leads/index/by-tier` or `s3:bucket/key`. */
  readonly resource: string;
  /** What conditions may look at, by their keys. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** A use, and the call that made it. */
export interface RecordedUse extends Use {
  /** The function, by its service name, such as `score-leads`. */
  readonly caller: string;
  /** As the SDK calls it, such as `TransactWriteItems`. */
  readonly operation: string;
}

/** A request as it came in over HTTP. */
export interface RecordedRequest {
  readonly method: string;
  /** Still encoded, and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of the header `x-amz-target`, or empty. */
  readonly target: string;
  readonly body: Buffer;
}

/** A call that the recorder has no IAM actions for: it has to be taught them before a grant can be held against it. */
export class UnknownCallError extends Error {
  readonly code = 'UNKNOWN_CALL';
  constructor(call: string, allowed: readonly string[]) {
    super(`${call} is a call that no IAM action is known for here; known are ${allowed.join(', ')}`);
    this.name = 'UnknownCallError';
  }
}

import type { IncomingHttpHeaders } from 'node:http';

/** A right that IAM would have checked: one action on one resource, in the words of policies. */
export interface Use {
  /** An action, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN without partition, region and account, such as `dynamodb:table/Leads/index/by-tier` or `s3:bucket/key`. */
  readonly resource: string;
  /** The values that conditions may check, by their keys. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** A right that was used, and the call that used it. */
export interface RecordedUse extends Use {
  /** The function, by its service name, such as `score-leads`. */
  readonly caller: string;
  /** The SDK's name of the call, such as `TransactWriteItems`. */
  readonly operation: string;
}

/** A request as it was received over HTTP. */
export interface RecordedRequest {
  readonly method: string;
  /** The path, still encoded, and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A call for which the recorder knows no IAM actions. They have to be added before grants can be compared. */
export class UnknownCallError extends Error {
  readonly code = 'UNKNOWN_CALL';
  constructor(call: string, allowed: readonly string[]) {
    super(`${call} is a call that no IAM action is known for here; known are ${allowed.join(', ')}`);
    this.name = 'UnknownCallError';
  }
}

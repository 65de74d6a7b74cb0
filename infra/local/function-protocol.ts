import type { SharedClock } from './clock/stack-clock.ts';

/** The messages between a function's host and the worker thread that is its execution environment. */

export interface FunctionIdentity {
  readonly name: string;
  readonly arn: string;
  readonly folder: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** The clock of the stack. @default the system's */
  readonly clock?: SharedClock | undefined;
}

export interface ToWorker {
  readonly requestId: string;
  /** The event as JSON, in the form in which Lambda passes it. */
  readonly payload: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

export interface FailureReport {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failure'; readonly error: FailureReport }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'failure'; readonly error: FailureReport };

export type LocalStackErrorCode =
  | 'ASSEMBLY_UNREADABLE'
  | 'RESOURCE_UNSUPPORTED'
  | 'RESOURCE_INVALID'
  | 'REFERENCE_UNRESOLVED'
  | 'PATTERN_INVALID'
  | 'POLICY_UNSUPPORTED'
  | 'ENGINE_UNAVAILABLE'
  | 'ENGINE_STOPPED'
  | 'STORAGE_FAILED'
  | 'TABLE_NOT_CREATED'
  | 'PORT_TAKEN'
  | 'DATA_FOLDER_TAKEN'
  | 'DATA_FOLDER_UNUSABLE'
  | 'STACK_CLOSED'
  | 'SCHEDULE_FAILED'
  | 'UNKNOWN_NAME';

/** An error that prevents the local stack from starting or going on. The message is one line, fit for a terminal. */
export class LocalStackError extends Error {
  readonly code: LocalStackErrorCode;

  constructor(code: LocalStackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalStackError';
    this.code = code;
  }
}

/** A refusal that a client of the endpoint sees in AWS's own form. */
export class ServiceError extends Error {
  readonly type: string;
  /** The HTTP status. */
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
  }
}

/** Returns the message of an error, or its code: a refused connection to a name with two addresses has no message. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);

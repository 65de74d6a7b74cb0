/** A failure that a command reports to its user, with a message to act on. It is printed without a stack. */
export class CliError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
  }
}

/** A wrong call of a command. The exit code is 2. */
export class UsageError extends CliError {
  constructor(message: string) {
    super('USAGE', message);
    this.name = 'UsageError';
  }
}

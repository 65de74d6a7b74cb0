export interface CliErrorOptions extends ErrorOptions {
  /** Lines that are printed below the message. */
  readonly details?: readonly string[];
}

/** A failure that a command reports to its user, with a message to act on. It is printed without a stack. */
export class CliError extends Error {
  readonly code: string;
  /** The message as it is printed. A line break in a line came with a value. */
  readonly lines: readonly string[];
  constructor(code: string, message: string, { details = [], ...options }: CliErrorOptions = {}) {
    const lines = [message, ...details.map((detail) => `  ${detail}`)];
    super(lines.join('\n'), options);
    this.name = 'CliError';
    this.code = code;
    this.lines = lines;
  }
}

/** A wrong call of a command. The exit code is 2. */
export class UsageError extends CliError {
  constructor(message: string) {
    super('USAGE', message);
    this.name = 'UsageError';
  }
}

/** The reason for which a run ended: what was expected, what was seen instead, and where to look. */
export class EndToEndError extends Error {
  readonly code: 'SETUP_FAILED' | 'STEP_FAILED' | 'OPTION_INVALID' | 'INTERRUPTED';

  constructor(code: EndToEndError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EndToEndError';
    this.code = code;
  }
}

/** Returns the error for a promise of the system that was broken. */
export const stepFailed = (message: string): EndToEndError => new EndToEndError('STEP_FAILED', message);

export const setupFailed = (message: string, cause?: unknown): EndToEndError =>
  new EndToEndError('SETUP_FAILED', message, { cause });

/** Why a run ended: what was to happen, what was seen instead, and where to look. */
export class EndToEndError extends Error {
  readonly code: 'SETUP_FAILED' | 'STEP_FAILED' | 'OPTION_INVALID' | 'INTERRUPTED';

  constructor(code: EndToEndError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EndToEndError';
    this.code = code;
  }
}

/** A promise of the system that the run saw broken. */
export const stepFailed = (message: string): EndToEndError => new EndToEndError('STEP_FAILED', message);

export const setupFailed = (message: string, cause?: unknown): EndToEndError =>
  new EndToEndError('SETUP_FAILED', message, { cause });

/** The codes of what can't be done with a rescoring. */
const rescoringErrorCodes = [
  /** There never was a rescoring. */
  'NO_RESCORING',
  /** The rescoring is in another state than the change needs. */
  'RESCORING_NOT_RUNNING',
  'RESCORING_NOT_PAUSED',
  'RESCORING_NOT_DONE',
  /** The pace is out of bounds. */
  'RESCORING_PACE_INVALID',
  /** No model is active yet. */
  'NO_ACTIVE_MODEL',
  /** Somebody else changed it at the same time. */
  'RESCORING_CHANGED',
] as const;
export type RescoringErrorCode = (typeof rescoringErrorCodes)[number];

/** Thrown if something can't be done with a rescoring. Nothing was changed. */
export class RescoringError extends Error {
  readonly code: RescoringErrorCode;
  constructor(code: RescoringErrorCode, message: string) {
    super(message);
    this.name = 'RescoringError';
    this.code = code;
  }
}

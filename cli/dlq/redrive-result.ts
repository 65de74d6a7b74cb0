/** The result of redriving one failure source. */
export interface RedriveResult {
  /** The number of messages sent on, or of objects published. */
  readonly moved: number;
  /** The number of messages or objects that could not be redriven, and are left. */
  readonly failed: number;
  /** The number of messages or objects in the failure source now. */
  readonly left: number;
  /** The number of messages that were given up again, or for the first time, since the redrive began. */
  readonly cameBack: number;
  /** The number of messages that the function has not processed yet. */
  readonly underWay: number;
}

export interface RedriveProps {
  /** The most messages or objects to redrive. */
  readonly limit: number;
  /** The time to wait for messages that come back, in milliseconds. */
  readonly waitMs: number;
  /**
   * Called with the reason why a message or object is left, for the person at the terminal, never with its contents.
   */
  readonly note: (text: string) => void;
}

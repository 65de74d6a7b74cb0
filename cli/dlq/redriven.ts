/** The result of redriving one failure source. */
export interface Redriven {
  /** Messages sent on, or objects published. */
  readonly moved: number;
  /** What could not be; it lies where it lay. */
  readonly failed: number;
  /** What lies there now. */
  readonly left: number;
  /** What was given up again, or anew, since the redrive began. */
  readonly cameBack: number;
  /** What the function has not worked off yet. */
  readonly underWay: number;
}

export interface RedriveProps {
  /** How much at the most. */
  readonly limit: number;
  /** How long to look on, in milliseconds, before it is said what came back. */
  readonly waitMs: number;
  /** What happened to one that is left, for the person at the terminal: never what it holds. */
  readonly note: (text: string) => void;
}

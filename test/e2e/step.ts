import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** The findings of a step that must be the same at every target: plain JSON. */
export interface Facts {
  readonly leads?: Readonly<Record<string, object>>;
  readonly announced?: readonly object[];
  readonly quarantined?: readonly object[];
}

interface Result {
  /** The observation in one line for people. */
  readonly saw: string;
  readonly facts?: Facts;
}

export interface Step {
  readonly name: string;
  /** Returns the reason for which the step is skipped at a target. @default it runs everywhere */
  readonly skip?: (target: Target) => string | undefined;
  /**
   * Runs the step.
   *
   * @param expected the expected facts; left out, they are unknown
   * @throws EndToEndError `STEP_FAILED`
   */
  readonly run: (session: Session, expected: Facts | undefined) => Promise<Result>;
}

/** Returns a number with its noun, such as `3 leads` or `1 lead`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

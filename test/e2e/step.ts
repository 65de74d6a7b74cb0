import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** What a step found that must be the same at every target: plain JSON. */
export interface Facts {
  readonly leads?: Readonly<Record<string, object>>;
  readonly announced?: readonly object[];
  readonly quarantined?: readonly object[];
}

export interface Result {
  /** One line for people. */
  readonly saw: string;
  readonly facts?: Facts;
}

export interface Step {
  readonly name: string;
  /** Why it can't be taken there. @default it can be taken everywhere */
  readonly skip?: (target: Target) => string | undefined;
  /**
   * @param expected what is known to come of it; left out, nobody knows yet
   * @throws EndToEndError `STEP_FAILED`
   */
  readonly run: (session: Session, expected: Facts | undefined) => Promise<Result>;
}

/** `3 leads`, `1 lead`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

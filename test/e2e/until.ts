import { stepFailed } from './errors.ts';
import { pause } from './interruption.ts';

export interface Patience {
  /** Milliseconds after which it gives up. */
  readonly patienceMs: number;
  readonly intervalMs: number;
}

/** The result of a look: what was waited for, or what is there instead. */
export type Look<T> = { readonly found: T } | { readonly instead: string };

/**
 * Looks again and again until what is waited for is there.
 *
 * @throws EndToEndError `STEP_FAILED` with what was seen last
 */
export const until = async <T>(
  what: string,
  { patienceMs, intervalMs }: Patience,
  look: () => Promise<Look<T>>,
): Promise<T> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if ('found' in seen) return seen.found;
    if (Date.now() > deadline) {
      throw stepFailed(`waited ${patienceMs / 1_000} s for ${what}; seen last: ${seen.instead}`);
    }
    await pause(intervalMs);
  }
};

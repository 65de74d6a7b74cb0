/** The secrets of sources or of targets, as they are stored in Secrets Manager. */
export interface Secrets {
  /**
   * Returns the live secrets of a name, the newest first; none if there is no such name. They are at most five minutes old,
   * and at most an hour if Secrets Manager fails: a secret that was withdrawn is accepted for so long.
   */
  read(name: string): Promise<readonly string[]>;
  /**
   * Returns the live secrets of a name after they were stored again: for a name that misses, or if no secret fits.
   * Reads at most once a minute; between, it returns what was read last.
   */
  readAgain(name: string): Promise<readonly string[]>;
}

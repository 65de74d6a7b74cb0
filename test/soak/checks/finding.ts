/** What is not as it must be. It names ids and no contents. */
export interface Finding {
  /** The invariant of docs/architecture.md that doesn't hold. */
  readonly invariant: string;
  /** The lead, or the event, or what else it is about. */
  readonly about: string;
  readonly sentence: string;
}

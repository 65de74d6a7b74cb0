import type { FollowUps } from '../../shared/follow-ups/index.ts';

export interface HandOffDeps {
  readonly followUps: FollowUps;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

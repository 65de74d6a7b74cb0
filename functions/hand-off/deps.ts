import type { FollowUps } from '../../shared/ledger/index.ts';

export interface HandOffDeps {
  readonly followUps: FollowUps;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

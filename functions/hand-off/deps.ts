import type { FollowUps } from '../../shared/follow-ups/index.ts';
import type { PolicyReader } from '../../shared/model-store/index.ts';

export interface HandOffDeps {
  readonly followUps: FollowUps;
  readonly readPolicy: PolicyReader;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

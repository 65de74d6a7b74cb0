import type { FollowUps } from '../../shared/follow-ups/index.ts';
import type { PolicyReader } from '../../shared/model-store/index.ts';
import type { PrepareBrief } from './prepare-brief.ts';

export interface HandOffDeps {
  readonly followUps: FollowUps;
  readonly readPolicy: PolicyReader;
  readonly prepareBrief: PrepareBrief;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

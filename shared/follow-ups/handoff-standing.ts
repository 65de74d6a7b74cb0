import type { ActionEvent, Stage, Tier } from '../../events/index.ts';
import { type Item, N, S } from '../dynamodb/index.ts';

/** The standing of a lead that is handed off. */
export interface HandoffStanding {
  readonly stage: Stage;
  readonly tier: Tier;
  readonly score: number;
}

/** Returns the attributes that say how a lead stood when its hand-off was requested. */
export const standingFields = ({ stage, tier, score }: HandoffStanding): Item => ({
  handoffStage: S(stage),
  handoffTier: S(tier),
  handoffScore: N(score),
});

/** Returns the attributes of the standing that an announcement has. A closed lead has none. */
export const buildStanding = ({ data }: ActionEvent): Item => ('tier' in data ? standingFields(data) : {});

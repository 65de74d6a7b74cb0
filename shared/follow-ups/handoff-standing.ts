import type { ActionEvent } from '../../events/index.ts';
import { type Item, N, S } from '../dynamodb/index.ts';

/** Returns the attributes that say how a lead stood when its hand-off was asked for. A closed lead has no standing. */
export const buildStanding = ({ data }: ActionEvent): Item =>
  'tier' in data
    ? { handoffStage: S(data.stage), handoffTier: S(data.tier), handoffScore: N(data.score) }
    : {};

export { actionFor, type Situation, type Status, sameAction } from './actions.ts';
export { resolveStage, type StagePlacement, type Trigger } from './resolve-stage.ts';
export { kindOfTransition, rankOf, type TransitionKind } from './stages.ts';
export { directionOf, tierOf } from './tiers.ts';

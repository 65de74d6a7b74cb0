export { actionFor, type Situation, sameAction } from './actions.ts';
export { resolveStage, type StagePlacement } from './resolve-stage.ts';
export { kindOfTransition, rankOf } from './stages.ts';
export { directionOf, tierOf } from './tiers.ts';

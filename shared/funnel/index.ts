export { chooseAction, type Situation, sameAction } from './actions.ts';
export { resolveStage, type StagePlacement } from './resolve-stage.ts';
export { classifyTransition } from './stages.ts';
export { computeDirection, computeTier } from './tiers.ts';

export { discardEvent } from './discard-event.ts';
export { findChangedIds } from './find-changed-ids.ts';
export { type Doubt, judgeReplay } from './judge-replay.ts';
export { noteReplay, planReplay, type ReplayPlan } from './replay-event.ts';

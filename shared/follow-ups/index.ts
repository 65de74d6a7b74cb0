export { type HandoffBrief, readBrief } from './brief.ts';
export type {
  DeadlineClock,
  DeadlineMove,
  DeadlineTerm,
  Expiry,
  OpenHandoff,
  WaitingHandoff,
} from './deadline.ts';
export { readMissed } from './deadline-items.ts';
export { createDynamoDbFollowUps } from './dynamodb-follow-ups.ts';
export type { FollowUps, HandoffRequest, HandoffVerdict } from './follow-ups.ts';
export { type Handoff, parseHandoff } from './handoff.ts';
export { readHandoffs } from './handoff-items.ts';
export type { HandoffStanding } from './handoff-standing.ts';
export { computeLateness, isLate } from './lateness.ts';
export { findNextStep, type NextStep } from './next-step.ts';
export { parseNurture } from './nurture.ts';
export type { Nurture } from './nurture-track.ts';
export { byUrgency, isRequested } from './order.ts';
export { readPosition } from './position.ts';
export type { StartLimits } from './start-limits.ts';
export { findStep, nameStep } from './steps.ts';

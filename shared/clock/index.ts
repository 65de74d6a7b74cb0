export { type ClockProgress, createClockProgress, type Progress } from './clock-progress.ts';
export { createDueItemReader, type DueItem, type ReadDueItems } from './due-items.ts';
export { measureClockLag } from './measure-lag.ts';
export { computeWaitingSince } from './waiting-since.ts';

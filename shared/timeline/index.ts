export { describeChanges, describeReasons } from './describe-change.ts';
export { describeEvent, quoted } from './describe-event.ts';
export { type ChainedStep, readTimelinePage } from './read-page.ts';
export { buildTimeline, type TimelineStep } from './timeline.ts';

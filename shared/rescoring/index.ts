export { pauseRescoring, resumeRescoring, setRescoringPace } from './change-rescoring.ts';
export { RescoringError } from './errors.ts';
export { parseRescoringMessage, type SegmentMessage, wakeMessage } from './messages.ts';
export { paceLimits, planPage, writeUnitsPerRescoring } from './pace.ts';
export { type RescoringProgress, readRescoring } from './progress.ts';
export { createRescorings, type PassEnd, type Rescorings } from './rescorings.ts';
export type { RescoringSegment } from './segment.ts';
export { computeShare, countRequested, findLastMove, type Rescoring } from './standing.ts';
export { startRescoring } from './start-rescoring.ts';

export { type Curve, curveRecord, followTime } from './curve.ts';
export { fromNowOn, inPast, type LeadAsOf, NotRetainedError } from './lead-as-of.ts';
export { lastHeard, leadRecord } from './lead-record.ts';
export { judgePast } from './past.ts';
export { type FoundLead, type LeadNotShown, readLeadAsOf } from './read-lead-as-of.ts';
export { asOfRecord, upcomingRecord } from './records.ts';
export { isMissed, type TimeChange, type Upcoming } from './upcoming.ts';
export { listParts, type Part } from './what-changes.ts';

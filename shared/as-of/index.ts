export { type Curve, curveRecord, followTime } from './curve.ts';
export { asOfRecord } from './records.ts';
export { isMissed, listUpcoming, type TimeChange, type Upcoming } from './upcoming.ts';
export { listParts, type Part } from './what-changes.ts';

export type { Customer } from './customer.ts';
export { formatCut, parseCut, parseDays } from './cut.ts';
export { createGathering, type DataSet } from './gather.ts';
export { fewestCustomers, type MeasuredLane, measureLanes } from './measure-lanes.ts';
export { type Observed, observeLead, type Task } from './observe-lead.ts';
export { formatOutcomeRule, listNamed } from './outcome-rule.ts';
export { type Parsed, parseOutcomeRule } from './parse-outcome-rule.ts';
export { withMeasuredLanes } from './with-measured-lanes.ts';

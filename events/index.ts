export { type ActionEvent, BrokenAnnouncementError, parseAction } from './announcements.ts';
export * from './catalogue.ts';
export {
  type Contract,
  type DataOf,
  type Entry,
  type EventOf,
  type Metadata,
  sluiceSource,
} from './envelope.ts';
export {
  type Action,
  action as actionSchema,
  type FactValue,
  name as nameSchema,
  type Outcome,
  outcomes,
  type Stage,
  stages,
  type Tier,
  tiers,
} from './fields.ts';
export { limits } from './limits.ts';
export type { ScoreReason } from './outbound/lead-data.ts';
export {
  type AcceptedEvent,
  isInboundType,
  type Parsed,
  parseInbound,
  type Rejection,
  type RejectionCode,
} from './parse.ts';
export * from './patterns.ts';
export { type Problem, problemsOf, showPath, showProblem, showValue } from './problems.ts';

export { type ActionEvent, actionContracts } from './action-contracts.ts';
export {
  BrokenAnnouncementError,
  type DeadlineMovedEvent,
  parseAction,
  parseDeadlineMoved,
} from './announcements.ts';
export { busEvent, internalEvent } from './bus-event.ts';
export * from './canary.ts';
export * from './catalogue.ts';
export { correlationIdOf } from './correlation.ts';
export { type DeliverableEvent, parseDeliverable } from './deliverable.ts';
export { type DeliverableType, deliverableTypes, isDeliverable } from './deliverable-types.ts';
export type {
  BusEvent,
  Contract,
  DataOf,
} from './envelope.ts';
export { isEventId } from './event-id.ts';
export { type FactsDocument, factsDocument } from './facts-document.ts';
export { type FactValue, name as nameSchema } from './fields.ts';
export { lacksOffset, parseInstant } from './instant.ts';
export { isObject } from './is-object.ts';
export { findJsonProblem, isNestedDeeper } from './json-problem.ts';
export { limits } from './limits.ts';
export type { ScoreReason, SharedField } from './outbound/lead-data.ts';
export type { Disqualification } from './outbound/lead-disqualified.ts';
export {
  type AcceptedEvent,
  findProtoKey,
  isInboundType,
  parseInbound,
  type Rejection,
} from './parse.ts';
export { type ExpiryEvent, parseExpiry } from './parse-expiry.ts';
export { clockEventId, isInternalType, type OwnEvent, parseInternal } from './parse-internal.ts';
export { parseJson } from './parse-json.ts';
export * from './patterns.ts';
export { describeProblems, type Problem, showPath, showProblem, showValue } from './problems.ts';
export { type RejectionCode, rejectionCodes } from './rejection-codes.ts';
export { apiSource, isOwnSource, rescoringSource, sluiceSource } from './source.ts';
export { type Action, action as actionSchema } from './standing-fields.ts';
export { dayMs, hourMs, minuteMs } from './time-units.ts';
export { escapeUnits, showApart, visible } from './visible.ts';
export * from './words.ts';

export { answerHandshake } from './handshake.ts';
export { mostPayloads } from './json-body.ts';
export { readSegmentEvent } from './kinds/segment.ts';
export { kindOf } from './kinds.ts';
export type {
  PassedPayload,
  PassedReason,
  Payload,
  Received,
  SourceOf,
  Split,
  Verification,
} from './webhook.ts';

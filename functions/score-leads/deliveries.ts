import type { SQSEvent, SQSRecord } from 'aws-lambda';
import {
  BrokenAnnouncementError,
  correlationIdOf,
  parseExpiry,
  parseInbound,
  parseInternal,
  parseJson,
  type Rejection,
} from '../../events/index.ts';
import { parseCorrelationId } from '../../shared/lambda/index.ts';
import { type LeadEvent, toLeadEvent } from '../../shared/lead/index.ts';

/** A message of the queue with its text parsed, once for all code that reads it. */
export interface Message {
  readonly messageId: string;
  /** The text as it was received, for the quarantine. */
  readonly body: string;
  /** The text's JSON; null if the text is not JSON. */
  readonly entry: unknown;
}

/** One arrival of an event. The same event may arrive more than once, and events may arrive in any order. */
export interface Delivery extends Message {
  readonly event: LeadEvent;
  /** Whether the message was delivered before or comes from an archive, so that the ledger may have the event. */
  readonly again: boolean;
}

export interface RejectedDelivery extends Message {
  readonly rejection: Rejection;
}

export interface Batch {
  readonly byLead: ReadonlyMap<string, readonly Delivery[]>;
  readonly rejected: readonly RejectedDelivery[];
}

export const correlationOf = ({ event }: Delivery): string => correlationIdOf(event.metadata);

/** Returns the correlation ids of a batch. */
export const collectCorrelations = ({ byLead, rejected }: Batch): string[] => [
  ...[...byLead.values()].flat().map(correlationOf),
  ...rejected.map(({ body, entry }) => parseCorrelationId(body, entry)),
];

const notJson: Rejection = {
  code: 'not-json',
  problems: [
    { path: '(the whole)', given: 'text that is not JSON', allowed: 'an EventBridge event as JSON' },
  ],
};

/** Returns whether an archive replays the event: EventBridge then adds `replay-name`. */
const isReplay = (entry: unknown): boolean =>
  typeof entry === 'object' && entry !== null && Object.hasOwn(entry, 'replay-name');

type Parsed =
  | { readonly ok: true; readonly event: LeadEvent }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * Parses what Sluice itself sends to `score-leads`: that time has come for a lead, or that its hand-off expired. One that
 * breaks its contract is malformed like a producer's event, so that it fails no other message of its batch.
 *
 * @returns undefined for anything else
 */
const parseOwn = (entry: unknown): Parsed | undefined => {
  try {
    const message = parseInternal(entry);
    const event = message?.type === 'LeadClockAdvanced' ? message : parseExpiry(entry);
    return event && { ok: true, event };
  } catch (error) {
    if (!(error instanceof BrokenAnnouncementError)) throw error;
    return { ok: false, rejection: { code: 'malformed', problems: error.problems } };
  }
};

const parseOther = (entry: unknown, now: number): Parsed => {
  const parsed = parseInbound(entry, now);
  return parsed.ok ? { ok: true, event: toLeadEvent(parsed.event) } : parsed;
};

const read = ({ messageId, body, attributes }: SQSRecord, now: number): Delivery | RejectedDelivery => {
  const entry = parseJson(body);
  if (entry === undefined) return { messageId, body, entry: null, rejection: notJson };
  const parsed = parseOwn(entry) ?? parseOther(entry, now);
  if (!parsed.ok) return { messageId, body, entry, rejection: parsed.rejection };
  const again = Number(attributes.ApproximateReceiveCount) > 1 || isReplay(entry);
  return { messageId, body, entry, event: parsed.event, again };
};

/**
 * Sorts a batch of messages into deliveries by lead, in the order of the batch, and messages that are rejected at once.
 */
export const readBatch = ({ Records }: SQSEvent, now: number): Batch => {
  const byLead = new Map<string, Delivery[]>();
  const rejected: RejectedDelivery[] = [];
  for (const record of Records) {
    const delivery = read(record, now);
    if ('rejection' in delivery) {
      rejected.push(delivery);
      continue;
    }
    const { leadId } = delivery.event.data;
    const others = byLead.get(leadId);
    if (others === undefined) byLead.set(leadId, [delivery]);
    else others.push(delivery);
  }
  return { byLead, rejected };
};

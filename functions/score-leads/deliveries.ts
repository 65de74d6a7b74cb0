import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { correlationIdOf, parseInbound, type Rejection } from '../../events/index.ts';
import { correlationIdIn } from '../../shared/lambda/index.ts';
import { type LeadEvent, leadEventOf } from '../../shared/lead/index.ts';

/** An event as it was delivered: more than once, perhaps, and in any order. */
export interface Delivery {
  readonly messageId: string;
  /** The message's text, kept for the quarantine. */
  readonly body: string;
  readonly event: LeadEvent;
  /** It has been delivered before, or comes from an archive: look into the ledger before writing. */
  readonly again: boolean;
}

export interface RejectedDelivery {
  readonly messageId: string;
  readonly body: string;
  readonly rejection: Rejection;
}

export interface Batch {
  readonly byLead: ReadonlyMap<string, readonly Delivery[]>;
  readonly rejected: readonly RejectedDelivery[];
}

export const correlationOf = ({ event }: Delivery): string => correlationIdOf(event.metadata);

/** The stories that a batch is about. */
export const correlationsOf = ({ byLead, rejected }: Batch): string[] => [
  ...[...byLead.values()].flat().map(correlationOf),
  ...rejected.map(({ body }) => correlationIdIn(body)),
];

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const notJson: Rejection = {
  code: 'not-json',
  problems: [
    { path: '(the whole)', given: 'text that is not JSON', allowed: 'an EventBridge event as JSON' },
  ],
};

const isReplay = (entry: unknown): boolean =>
  typeof entry === 'object' && entry !== null && Object.hasOwn(entry, 'replay-name');

const read = ({ messageId, body, attributes }: SQSRecord, now: number): Delivery | RejectedDelivery => {
  const entry = parseJson(body);
  if (entry === undefined) return { messageId, body, rejection: notJson };
  const parsed = parseInbound(entry, now);
  if (!parsed.ok) return { messageId, body, rejection: parsed.rejection };
  const again = Number(attributes.ApproximateReceiveCount) > 1 || isReplay(entry);
  return { messageId, body, event: leadEventOf(parsed.event), again };
};

/** Sorts a batch of messages into deliveries by lead, in the order of the batch, and what is rejected outright. */
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

import { type AcceptedEvent, type InboundType, parseInbound } from '../../events/index.ts';
import { type LeadEvent, type SignalEvent, toLeadEvent, toSignal } from '../../shared/lead/index.ts';

export interface EventInput {
  readonly type: InboundType;
  readonly data: Record<string, unknown>;
  readonly at?: string;
  readonly id?: string;
  /** Whether it is history that is loaded afterwards. */
  readonly backfill?: boolean;
}

/** Returns an event as a producer would put it on the bus. */
export const buildEntry = ({
  type,
  data,
  at = '2026-03-01T09:00:00.000Z',
  id = 'e-1',
  backfill,
}: EventInput) => ({
  source: 'test.producer',
  'detail-type': type,
  time: at,
  detail: {
    metadata: { eventId: id, occurredAt: at, schemaVersion: 1, ...(backfill && { backfill }) },
    data: { leadId: 'l-1', ...data },
  },
});

export const now = Date.parse('2026-06-01T00:00:00.000Z');

const buildAccepted = (input: EventInput): AcceptedEvent => {
  const parsed = parseInbound(buildEntry(input), now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.rejection));
  return parsed.event;
};

/** Returns a parsed signal. @throws Error if the input is malformed or no signal */
export const buildSignal = (input: EventInput): SignalEvent => {
  const event = buildAccepted(input);
  const signal = toSignal(event);
  if (signal === undefined) throw new Error(`${event.type} is no signal`);
  return signal;
};

/** Returns a parsed event of any type, also one that is no signal, such as a merge. */
export const leadEvent = <Type extends InboundType>(
  input: EventInput & { readonly type: Type },
): Extract<LeadEvent, { type: Type }> =>
  toLeadEvent(buildAccepted(input)) as Extract<LeadEvent, { type: Type }>;

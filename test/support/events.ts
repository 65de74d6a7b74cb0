import { parseInbound } from '../../events/index.ts';
import { type SignalEvent, signalOf } from '../../shared/lead/index.ts';

export interface Said {
  readonly type: SignalEvent['type'];
  readonly data: Record<string, unknown>;
  readonly at?: string;
  readonly id?: string;
}

/** An entry as a producer would put it on the bus. */
export const entryOf = ({ type, data, at = '2026-03-01T09:00:00.000Z', id = 'e-1' }: Said) => ({
  source: 'test.producer',
  'detail-type': type,
  time: at,
  detail: { metadata: { eventId: id, occurredAt: at, schemaVersion: 1 }, data: { leadId: 'l-1', ...data } },
});

export const now = Date.parse('2026-06-01T00:00:00.000Z');

/** A parsed event; throws where the test itself wrote one that is malformed. */
export const eventOf = (said: Said): SignalEvent => {
  const parsed = parseInbound(entryOf(said), now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.rejection));
  const signal = signalOf(parsed.event);
  if (signal === undefined) throw new Error(`${parsed.event.type} is no signal`);
  return signal;
};

import type { BusEvent } from '../../events/index.ts';
import type { Bus } from '../bus/index.ts';
import { errorFields, inParallel, logger } from '../lambda/index.ts';

/** The events of one PutEvents call, and the calls that are made at once. */
const eventsACall = 10;
const callsAtOnce = 8;

/** Returns a text that is equal for the same event. */
export const keyOf = ({ 'detail-type': type, detail: { metadata, data } }: BusEvent): string =>
  JSON.stringify([type, metadata.occurredAt, metadata.eventId, (data as { leadId?: unknown }).leadId]);

/** Puts events on the bus. Returns the indexes of those that it refused; all of a call that failed. */
const put = async (bus: Bus, events: readonly BusEvent[]): Promise<readonly number[]> => {
  try {
    return await bus.publish(events);
  } catch (error) {
    logger.error('events not put; the sender has to send them again', errorFields(error));
    return [...events.keys()];
  }
};

/** Puts events on the bus, each once. Returns the keys of those that the bus has taken. */
export const putAll = async (bus: Bus, events: readonly BusEvent[]): Promise<ReadonlySet<string>> => {
  const byKey = [...new Map(events.map((event) => [keyOf(event), event]))];
  const calls = Array.from({ length: Math.ceil(byKey.length / eventsACall) }, (_, i) =>
    byKey.slice(i * eventsACall, (i + 1) * eventsACall),
  );
  const taken = new Set(byKey.map(([key]) => key));
  await inParallel(calls, callsAtOnce, async (call) => {
    const refused = await put(
      bus,
      call.map(([, event]) => event),
    );
    for (const index of refused) taken.delete(call[index]?.[0] ?? '');
  });
  return taken;
};

import {
  compilePayloadMapping,
  type PayloadContext,
  type PayloadMapping,
  type PayloadReading,
} from '../../../shared/mapping/index.ts';
import { payloadMappingSchema } from '../../../shared/mapping-document/index.ts';

export const now = Date.parse('2026-03-02T00:00:00.000Z');

/** A mapping as it is written, with a lead whose id is at `id`. */
export const withEvents = (...events: readonly object[]) => ({ leadId: 'id', events });

/** Parses a mapping as it is written. */
const parseMapping = (mapping: object): PayloadMapping =>
  ({
    source: 'shop',
    ...payloadMappingSchema.parse(mapping),
  }) as PayloadMapping;

/** Reads a payload by a mapping as it is written. */
export const readPayload = (
  mapping: object,
  payload: unknown,
  context: PayloadContext = { recordId: 'r-1', occurredAt: '2026-03-01T09:00:00.000Z' },
): PayloadReading => compilePayloadMapping(parseMapping(mapping), { now: () => now })(payload, context);

/** Returns the data of the events of a payload, or its problems. */
export const readData = (mapping: object, payload: unknown): unknown => {
  const reading = readPayload(mapping, payload);
  return reading.ok ? reading.events.map(({ data }) => data) : reading.problems;
};

import type { ContractOf, EventType, InternalType, internalContracts } from './catalogue.ts';
import type { BusEvent, DataOf, Metadata } from './envelope.ts';
import { sluiceSource } from './source.ts';

// The contracts are imported as types only: a function that sends events doesn't load the schemas.

/**
 * Builds an event as it is put on the bus, typed by the contract of its type.
 *
 * @example
 * const metadata = { eventId: 'e-1', occurredAt: '2026-03-01T09:00:00.000Z' };
 * busEvent('LeadErasureRequested', 'crm', metadata, { leadId: 'l-1' });
 */
export const busEvent = <Type extends EventType>(
  type: Type,
  source: string,
  { eventId, occurredAt, ...trace }: Omit<Metadata, 'schemaVersion'>,
  data: DataOf<ContractOf<Type>>,
): BusEvent<Type, DataOf<ContractOf<Type>>> => ({
  source,
  'detail-type': type,
  time: occurredAt,
  detail: { metadata: { eventId, occurredAt, schemaVersion: 1, ...trace }, data },
});

/**
 * Builds a message from one function of Sluice to another, typed by the contract of its type. It has the form of an
 * event that EventBridge delivers, and never is on the bus.
 *
 * @example
 * internalEvent('LeadClockAdvanced', { eventId: clockEventId, occurredAt: '2026-03-02T09:00:00.000Z' }, { leadId: 'l-1' });
 */
export const internalEvent = <Type extends InternalType>(
  type: Type,
  { eventId, occurredAt }: Pick<Metadata, 'eventId' | 'occurredAt'>,
  data: DataOf<(typeof internalContracts)[Type]>,
): BusEvent<Type, DataOf<(typeof internalContracts)[Type]>> => ({
  source: sluiceSource,
  'detail-type': type,
  time: occurredAt,
  detail: { metadata: { eventId, occurredAt, schemaVersion: 1 }, data },
});

import { type BusEvent, isEventId, type OutboundType, rejectionCodes } from '../../events/index.ts';
import { type Item, json, number, readOneOf, text } from '../../shared/dynamodb/index.ts';
import { announce } from './announce.ts';

/**
 * Returns the announcement of a first write to the quarantine. Another delivery of the same event only raises its
 * count.
 */
export const quarantineAnnouncements = (item: Item): BusEvent<OutboundType>[] => {
  const quarantineId = text(item, 'pk');
  return [
    announce(
      {
        type: 'EventQuarantined',
        quarantineId,
        code: readOneOf(item, 'code', rejectionCodes),
        reasons: json<string[]>(item, 'reasons'),
        leadId: item.leadId?.S,
        rejectedEventId: item.rejectedEventId?.S,
        rejectedType: item.rejectedType?.S,
        rejectedSource: item.rejectedSource?.S,
        bytes: number(item, 'bytes'),
      },
      {
        parts: [quarantineId],
        occurredAt: text(item, 'receivedAt'),
        correlationId: [item.correlationId?.S, item.rejectedEventId?.S].find(isEventId),
      },
    ),
  ];
};

import { type Entry, isEventId } from '../../events/index.ts';
import { type Item, json, number, text } from '../../shared/dynamodb/index.ts';
import { announce } from './announce.ts';

const optional = ['leadId', 'rejectedEventId', 'rejectedType', 'rejectedSource'] as const;

/** What a first write to the quarantine announces; another delivery of the same event only raises its count. */
export const quarantineAnnouncements = (item: Item): Entry[] => {
  const quarantineId = text(item, 'pk');
  const readable = Object.fromEntries(
    optional.flatMap((name) => (item[name]?.S === undefined ? [] : [[name, item[name].S]])),
  );
  return [
    announce(
      'EventQuarantined',
      {
        parts: [quarantineId],
        occurredAt: text(item, 'receivedAt'),
        correlationId: [item.correlationId?.S, item.rejectedEventId?.S].find(isEventId),
      },
      {
        quarantineId,
        code: text(item, 'code'),
        reasons: json<string[]>(item, 'reasons'),
        ...readable,
        bytes: number(item, 'bytes'),
      },
    ),
  ];
};

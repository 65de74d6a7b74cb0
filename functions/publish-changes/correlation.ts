import type { Item } from '../../shared/dynamodb/index.ts';
import { parseCorrelationId } from '../../shared/lambda/index.ts';

/**
 * Finds the correlation id of the event behind an item, also if nothing else of the item can be read. Items of
 * consumers contain the id, a ledger entry its event, and the quarantine what could be read of one. Anything else is a
 * correlation of its own, named by its key.
 */
export const findCorrelationId = ({ correlationId, detail, rejectedEventId, pk, sk }: Item): string =>
  correlationId?.S ??
  (detail?.S === undefined ? undefined : parseCorrelationId(`{"detail":${detail.S}}`)) ??
  rejectedEventId?.S ??
  `${pk?.S} ${sk?.S}`;

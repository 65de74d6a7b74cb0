import type { Item } from '../../shared/dynamodb/index.ts';
import { correlationIdIn } from '../../shared/lambda/index.ts';

/**
 * Finds the correlation id of what wrote an item, also of an item that can't be read otherwise: items of consumers name
 * it, a ledger entry holds its event, and the quarantine what could be read of one. Anything else is a correlation of its
 * own, named by its key.
 */
export const findCorrelationId = ({ correlationId, detail, rejectedEventId, pk, sk }: Item): string =>
  correlationId?.S ??
  (detail?.S === undefined ? undefined : correlationIdIn(`{"detail":${detail.S}}`)) ??
  rejectedEventId?.S ??
  `${pk?.S} ${sk?.S}`;

import type { Item } from '../../shared/dynamodb/index.ts';
import { correlationIdIn } from '../../shared/lambda/index.ts';

/**
 * The correlation id of what wrote an item, also of one that can't be read otherwise: consumers' items name it, an entry
 * holds its event, and the quarantine what could be read of one. Anything else is a story of its own, named by its key.
 */
export const storyOf = ({ correlationId, detail, rejectedEventId, pk, sk }: Item): string =>
  correlationId?.S ??
  (detail?.S === undefined ? undefined : correlationIdIn(`{"detail":${detail.S}}`)) ??
  rejectedEventId?.S ??
  `${pk?.S} ${sk?.S}`;

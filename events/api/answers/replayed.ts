import * as z from 'zod/mini';
import { quarantinePath } from '../fields.ts';

const outcome = z
  .enum(['replayed', 'replayed-again', 'came-again', 'gone', 'would-be-replayed'])
  .check(
    z.describe(
      'Replayed again: it had been replayed before; the ledger records it once. Came again: it was rejected again ' +
        'meanwhile and stays open. Gone: meanwhile it expired or its lead was erased. Would be replayed: a dry run.',
    ),
  );

const changed = z.strictObject({
  field: z.enum(['eventId', 'leadId']),
  from: z.string(),
  to: z.nullable(z.string()),
});

export const replayedAnswer = z.strictObject({
  id: quarantinePath.shape.id,
  eventId: z.optional(
    z.string().check(z.describe('The id of the event that was put on the bus, if it has one.')),
  ),
  outcome,
  changed: z
    .array(changed)
    .check(
      z.describe(
        'The ids that the corrected event changes: with them it is another event than the one that came.',
      ),
    ),
});

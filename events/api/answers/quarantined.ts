import * as z from 'zod/mini';
import { utcInstant } from '../../fields.ts';
import { quarantined } from './quarantine.ts';

const step = z.strictObject({
  step: z.enum(['replayed', 'corrected', 'discarded', 'redacted', 'erased']),
  actor: z.string(),
  at: utcInstant,
  note: z.optional(z.string()),
});

/** A rejected event with its whole text, and the steps that were taken. */
export const quarantinedAnswer = z.strictObject({
  ...quarantined,
  body: z.optional(z.string().check(z.describe('The whole text as it came first; gone after an erasure.'))),
  steps: z.array(step).check(z.describe('In the order in which they were taken.')),
});

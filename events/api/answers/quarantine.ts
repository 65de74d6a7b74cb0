import * as z from 'zod/mini';
import { utcInstant } from '../../fields.ts';
import { rejectionCodes } from '../../rejection-codes.ts';
import { apiLimits } from '../api-limits.ts';
import { quarantinePath } from '../fields.ts';

const count = z.int().check(z.gte(0));
const text = z.optional(z.string());

/** A rejected event in a list. */
export const quarantined = {
  id: quarantinePath.shape.id,
  state: z
    .enum(['open', 'replayed', 'discarded', 'erased'])
    .check(z.describe('Erased: the lead was erased, and the text with it.')),
  code: z.enum(rejectionCodes).check(z.describe('Why it was rejected the last time.')),
  type: z.optional(z.string().check(z.describe('Its `detail-type`, if it could be read.'))),
  eventId: text,
  leadId: text,
  mergedLeadId: text,
  source: text,
  times: count.check(z.describe('How often it came.')),
  firstReceivedAt: utcInstant,
  lastReceivedAt: utcInstant,
  expiresAt: utcInstant.check(z.describe('When it is deleted, unless it comes again.')),
  reasons: z.array(z.string()).check(z.maxLength(20)),
  steps: count.check(z.describe('The number of replays, discards and erasures that were noted.')),
  body: z.optional(
    z
      .string()
      .check(
        z.maxLength(apiLimits.quarantinedCharacters),
        z.describe(
          `The text as it came first, or its first ${apiLimits.quarantinedCharacters} characters; gone after an erasure.`,
        ),
      ),
  ),
  bodyBytes: z.optional(count.check(z.describe('The size of the whole text in UTF-8.'))),
} as const;

export const quarantineAnswer = z.strictObject({
  events: z
    .array(z.strictObject(quarantined))
    .check(
      z.maxLength(apiLimits.pageSize),
      z.describe('In no order. A page may be short, or empty, and still have a cursor.'),
    ),
  cursor: z.nullable(z.string().check(z.maxLength(apiLimits.cursorLength))),
});

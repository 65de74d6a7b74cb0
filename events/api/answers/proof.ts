import * as z from 'zod/mini';
import { leadId, utcInstant } from '../../fields.ts';
import { entryHash } from './timeline.ts';

const version = z.int().check(z.gte(1));

const problem = z.strictObject({
  code: z.string().check(z.describe('As docs/audit.md explains it, such as broken-link.')),
  version: z.optional(version.check(z.describe('The version of the lead at which the problem is.'))),
  ordinal: z.optional(z.int()),
  sentence: z.string().check(z.describe('What is wrong, in words. It quotes nothing of an entry.')),
});

const anchor = z.strictObject({
  at: utcInstant.check(z.describe('The instant at which the run of anchors was written.')),
  covers: z
    .nullable(version)
    .check(
      z.describe('The version up to which the ledger is anchored. Null if the lead is not in it, or unread.'),
    ),
  isRead: z
    .boolean()
    .check(
      z.describe(
        'False if it has too many anchors to be read in one answer: `npx sluice audit verify` reads them.',
      ),
    ),
});

/** The verification of the ledger of a lead, as of now. */
export const proofAnswer = z.strictObject({
  leadId,
  result: z.enum(['verified', 'broken']),
  asOf: utcInstant,
  entries: z.int().check(z.gte(0), z.describe('The entries that were verified.')),
  head: z.nullable(
    entryHash.check(z.describe('The hash of the last entry, as the state of the lead has it.')),
  ),
  problems: z.array(problem),
  anchor: z
    .nullable(anchor)
    .check(
      z.describe(
        'The last anchor that the ledger was compared with. Null if there is none, or none was found.',
      ),
    ),
});

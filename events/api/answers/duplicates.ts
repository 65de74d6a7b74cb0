import * as z from 'zod/mini';
import { leadId, name, stage, utcInstant } from '../../fields.ts';
import { score, tier } from '../../standing-fields.ts';
import { cursor } from './cursor.ts';
import { person } from './person.ts';

const duplicateLead = z.strictObject({ leadId, ...person, stage, tier, score });

const duplicate = z.strictObject({
  leads: z
    .tuple([duplicateLead, duplicateLead])
    .check(z.describe('Two leads that may be one person. `POST /api/leads/{id}/merge` merges them.')),
  types: z.array(name).check(z.describe('The types of the identifiers that they share.')),
  source: z.string().check(z.describe('The source of the payload that showed it.')),
  notedAt: utcInstant,
});

export const duplicatesAnswer = z.strictObject({ duplicates: z.array(duplicate), cursor });

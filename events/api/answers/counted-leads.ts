import * as z from 'zod/mini';
import { leadId, utcInstant } from '../../fields.ts';
import { person } from './person.ts';

const { name, company } = person;

const countedLead = z.strictObject({
  leadId,
  name,
  company,
  at: utcInstant.check(
    z.describe('When it happened: the move, the outcome, the answer or the deadline missed.'),
  ),
});

export const countedLeadsAnswer = z.strictObject({
  leads: z
    .array(countedLead)
    .check(z.describe('One for each time that it happened, so that a lead may be there more than once.')),
  more: z.boolean().check(z.describe('Whether there are more than are listed.')),
});

import * as z from 'zod/mini';
import { utcInstant } from '../../fields.ts';
import { explanationAnswer, withoutPointsAnswer } from './explanation.ts';
import { askNextAnswer, standingFields } from './standing.ts';
import { upcoming } from './upcoming.ts';

const { leadId: _leadId, version: _version, ...standing } = standingFields;

/** The standing that given facts would have. */
export const scoreAnswer = z.strictObject({
  ...standing,
  asOf: utcInstant,
  upcoming: z
    .array(upcoming)
    .check(z.maxLength(10), z.describe('What would change by itself if nothing else happens, in order.')),
  upcomingGoesOn: z.boolean().check(z.describe('Whether more changes follow after those.')),
  explanation: explanationAnswer,
  withoutPoints: z
    .array(withoutPointsAnswer)
    .check(z.describe('Known facts that give no points, with the reasons.')),
  askNext: askNextAnswer,
});

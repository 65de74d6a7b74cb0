import * as z from 'zod/mini';
import { text, utcInstant } from '../../fields.ts';
import { activationActions } from '../../words.ts';
import { modelVersion } from '../fields.ts';

const acts = ['published', 'activated', 'rolled-back', 'shadowed', 'unshadowed'] as const;
const statuses = ['running', 'paused', 'done'] as const;
const count = z.int().check(z.gte(0));
const actions = z.enum(activationActions);

const historyEntry = z.strictObject({
  revision: z.int().check(z.gte(1), z.describe('1 for the first entry of the history, without gaps.')),
  act: z.enum(acts),
  modelVersion: text(160),
  previousModelVersion: z
    .optional(text(160))
    .check(z.describe('The model that was active before, if this one became active.')),
  actions: z.optional(actions),
  by: z.string(),
  reason: z.string(),
  at: utcInstant,
});

export const modelHistoryAnswer = z.strictObject({
  entries: z
    .array(historyEntry)
    .check(
      z.describe('The latest first. `before` with the revision of the last one asks for those before it.'),
    ),
  rollsBackTo: z
    .optional(text(160))
    .check(
      z.describe('The model that `POST /api/models/rollback` would make active. Left out: there is none.'),
    ),
});

/** The answer to what changes the models in use: its entry of the history. */
export const modelsChangedAnswer = historyEntry;

export const modelAnswer = z.strictObject({
  modelVersion,
  use: z.enum(['active', 'shadow', 'none']),
  document: z.looseObject({}).check(z.describe('The document, with what it left out filled in.')),
});

export const modelPublishedAnswer = z.strictObject({
  modelVersion,
  published: z.boolean().check(z.describe('False if this document was published before.')),
  warnings: z
    .array(z.strictObject({ path: z.string(), given: z.string(), allowed: z.string() }))
    .check(z.describe('What works, but was probably not meant.')),
});

export const modelDifferencesAnswer = z.strictObject({
  before: modelVersion,
  after: modelVersion,
  differences: z.array(
    z.strictObject({
      about: z.string().check(z.describe('The part of the models.')),
      sentences: z.array(z.string()).check(z.describe('A sentence for each difference.')),
    }),
  ),
});

/** A rescoring without its progress. */
export const rescoringJob = {
  revision: z.int().check(z.describe('The entry of the history by which the model became active.')),
  modelVersion: text(160),
  actions,
  status: z.enum(statuses),
  pass: z
    .int()
    .check(z.gte(1), z.describe('The passes over the table that began. The last one finds nothing.')),
  passStartedAt: utcInstant,
  requestedAt: utcInstant,
  writeUnitsPerSecond: count,
  doneAt: z.optional(utcInstant),
};

export const rescoringChangedAnswer = z.strictObject(rescoringJob);

const rescoring = z.strictObject({
  ...rescoringJob,
  segments: count,
  segmentsDone: count,
  leads: count.check(z.describe('The leads of the table, as the funnel counts them.')),
  leadsRead: count.check(z.describe('The leads that were read in this pass.')),
  requested: count.check(z.describe('The rescorings that were requested, in all passes.')),
  left: count.check(
    z.describe('The leads still to be read in this pass, or those that could not be rescored.'),
  ),
  leadsPerSecond: z.optional(z.number()),
  passEndsAt: z.optional(utcInstant).check(z.describe('When this pass will be done at that pace.')),
});

export const rescoringAnswer = z.strictObject({
  rescoring: z.nullable(rescoring).check(z.describe('Null if no model was activated yet.')),
});

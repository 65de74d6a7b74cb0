import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';
import { laneFigures } from './lane-figures.ts';
import { type SubjectName, subjectNames } from './subject-names.ts';
import { unionBy } from './union-by.ts';

const figure = z.enum(laneFigures);
const relativeTo = figure.optional().meta({
  description: 'divides the value by this figure of the lead’s lane: 1 is what is usual there',
});

/** The fields of each kind of subject: an object that names a value to read. Each has one field that no other has. */
export const subjectShapes = {
  attribute: { attribute: nameSchema, relativeTo },
  answer: { answer: nameSchema, relativeTo },
  /** The question whose answer's words are counted. */
  words: { words: nameSchema },
  /** The question whose answer's words with a figure are counted. */
  figures: { figures: nameSchema },
  lane: {
    lane: z.enum(['id', 'kind', 'pursued']).meta({
      description:
        'of the lead’s lane: its id, its kind, or whether it is pursued; `none` for the first two outside of all',
    }),
  },
  laneFigure: { laneFigure: figure.meta({ description: 'a figure of the lead’s lane' }) },
  laneStanding: {
    laneStanding: figure.meta({
      description: 'where the lead’s lane stands among all lanes in this figure: 0 the worst, 100 the best',
    }),
  },
} as const satisfies Record<SubjectName, z.ZodRawShape>;

/** Schemas of what has a value, by the field that names it. */
export const subjectBranches = {
  attribute: z.strictObject(subjectShapes.attribute),
  answer: z.strictObject(subjectShapes.answer),
  words: z.strictObject(subjectShapes.words),
  figures: z.strictObject(subjectShapes.figures),
  lane: z.strictObject(subjectShapes.lane),
  laneFigure: z.strictObject(subjectShapes.laneFigure),
  laneStanding: z.strictObject(subjectShapes.laneStanding),
} as const satisfies Record<SubjectName, z.ZodType>;

/** Something that has a value: a fact, or something computed from facts. */
export const subject = unionBy(subjectBranches, `an object with one of ${subjectNames.join(', ')}`);
export type Subject = z.infer<typeof subject>;

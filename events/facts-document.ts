import * as z from 'zod/mini';
import { factValue, factValueForms, instant, name, outcome, possiblyEmpty, stage } from './fields.ts';
import { limits } from './limits.ts';

const { namesPerFactsDocument: mostNames } = limits;

const named = <T extends z.ZodMiniType>(of: T) =>
  z.optional(
    z.record(name, of).check(
      z.refine((given) => Object.keys(given).length <= mostNames, { error: `at most ${mostNames} names` }),
      // zod checks the bound in code, and JSON Schema has a keyword for it.
      z.meta({ maxProperties: mostNames }),
    ),
  );

/** The most outcomes of a kind. Each is folded by itself. */
const mostOutcomes = 1_000;

/** Returns the schemas of instants: of the whole document, and of a part that may leave its own out. */
const buildInstants = () => {
  // Facts of the year 9999 would leave no time to follow.
  const when = instant.check(z.refine((at) => at < '9999', { error: 'an instant before the year 9999' }));
  const at = z
    .optional(when)
    .check(z.describe('When it happened or was said. Left out: the instant of the whole document.'));
  return { when, at };
};

/** Returns the schema of how often something happened: a number, or an object that adds the instant to it. */
const counted = (most: number, at: ReturnType<typeof buildInstants>['at']) => {
  const count = z.int().check(z.gte(1), z.lte(most));
  return z.union([count, z.strictObject({ count, at })], {
    error: `a whole number of 1 to ${most}, or an object with it as count`,
  });
};

const buildFactsDocument = () => {
  const { when, at } = buildInstants();
  const text = z.optional(possiblyEmpty(limits.answerTextLength));
  const answer = z.strictObject({ value: factValue, text, at });
  return z.strictObject({
    at: z
      .optional(when)
      .check(
        z.describe('The instant of all that has none of its own, and as of which is scored. Left out: now.'),
      ),
    stage: z
      .optional(stage)
      .check(z.describe('Left out: the stage that follows from the facts and the promotions of the model.')),
    attributes: named(factValue),
    answers: named(
      z.union([factValue, answer], { error: `${factValueForms}, or an object with one of them as value` }),
    ),
    activities: named(counted(limits.activityCount, at)),
    outcomes: z.optional(z.partialRecord(outcome, counted(mostOutcomes, at))),
  });
};

/**
 * The schema of the facts of a lead as somebody writes them down, to try a model with. It is built when it is first
 * used: functions that have no use for it start sooner.
 */
export const factsDocument = z.lazy(buildFactsDocument);
export type FactsDocument = z.infer<typeof factsDocument>;

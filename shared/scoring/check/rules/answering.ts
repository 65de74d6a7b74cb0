import { answersJudged } from '../../compile/answering.ts';
import type { AnswerFlag } from '../../document/answer-flags.ts';
import type { ModelDocument } from '../../document/model.ts';
import { collectReaders } from '../../document/walk.ts';
import { error, type Finding, type Rule } from '../finding.ts';

const hasSteadyQuestion = ({ questions = {} }: ModelDocument): boolean =>
  Object.values(questions).some((question) => 'steady' in question && question.steady !== undefined);

/** Returns what the model lacks to judge answers so; undefined if it lacks nothing. */
const lacking = (flag: AnswerFlag, document: ModelDocument): string | undefined => {
  const { answering } = document;
  if (flag === 'contradictory') {
    return hasSteadyQuestion(document) || (answering?.contradictions ?? []).length > 0
      ? undefined
      : 'a question that is steady, or answering.contradictions';
  }
  if (answering?.[flag] === undefined) return `the rule answering.${flag}`;
  return answersJudged(document).length > 0 ? undefined : 'a question that is open';
};

const judged: Rule = {
  reads: ['questions', 'answering'],
  find: (document) =>
    collectReaders(document).flatMap(({ path, reader }): Finding[] => {
      if (!('answering' in reader)) return [];
      const flag = reader.answering;
      const lacks = lacking(flag, document);
      return lacks === undefined
        ? []
        : [error(`${path}.answering`, flag, `what the model can say of answers; for this it needs ${lacks}`)];
    }),
};

const shortAndLong: Rule = {
  reads: ['answering'],
  find: ({ answering }) => {
    const { short, long } = answering ?? {};
    return short !== undefined && long !== undefined && long.from < short.below
      ? [
          error(
            'answering.long.from',
            long.from,
            `at least answering.short.below, ${short.below}: no answer is both short and long`,
          ),
        ]
      : [];
  },
};

export const answeringRules: readonly Rule[] = [judged, shortAndLong];

import { questionsBehind } from '../compile/answering.ts';
import type { ModelDocument } from '../document/model.ts';
import { listReads } from '../document/reads.ts';
import type { Question } from '../document/vocabulary.ts';
import { collectReaders } from '../document/walk.ts';
import type { AnswerFact } from '../facts.ts';
import { cutAfter, cutAt } from '../operators/index.ts';
import { readNumber } from '../values/read-plain.ts';
import type { Cut } from './number-classes.ts';
import { roundPlainly } from './tests-of-names.ts';

const readsContradictions = (document: ModelDocument): boolean =>
  collectReaders(document)
    .flatMap(({ reader }) => listReads(reader))
    .some((read) => read.kind === 'answering' && read.flag === 'contradictory');

/** Lists the steady questions, with their names; none if the model doesn't read contradictions. */
export const listSteadyQuestions = (document: ModelDocument): (readonly [name: string, Question])[] => {
  const { questions = {} } = document;
  const names = readsContradictions(document) ? questionsBehind('contradictory', document) : [];
  return names.flatMap((name) => {
    const question = questions[name];
    return question === undefined ? [] : [[name, question] as const];
  });
};

/**
 * Returns the cuts around each number that a lead has answered. An answer contradicts an earlier one if it differs by
 * more than the tolerance. The earlier answers themselves are cuts too: repeating one adds no value, so that the oldest
 * one isn't forgotten.
 */
export const computeCutsAround = (question: Question, [value, , , earlier = []]: AnswerFact): Cut[] => {
  if (question.kind !== 'number') return [];
  const { tolerance = 0 } = question.steady ?? {};
  return [value, ...earlier.map(([before]) => before)].flatMap((answer) => {
    const said = readNumber(answer);
    if (said === undefined) return [];
    return [
      cutAt(roundPlainly(said - tolerance)),
      cutAt(said),
      cutAfter(said),
      cutAfter(roundPlainly(said + tolerance)),
    ];
  });
};

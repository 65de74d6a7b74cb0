import { answersJudged } from '../../compile/answering.ts';
import type { Criterion } from '../../document/criterion.ts';
import type { ModelDocument } from '../../document/model.ts';
import { criteriaIn } from '../../document/places.ts';
import { pointsOfEntry } from '../../document/points-of-entry.ts';
import { type Rule, warning } from '../finding.ts';
import { nodesIn, subjectsIn } from '../nodes.ts';

const asksHowAnswered = (document: ModelDocument, contradictory: boolean): boolean =>
  nodesIn(document).some(
    ({ condition }) =>
      'answering' in condition && (condition.answering === 'contradictory') === contradictory,
  ) ||
  criteriaIn(document).some(
    ({ criterion }) =>
      'each' in criterion &&
      'answering' in criterion.each &&
      (criterion.each.answering === 'contradictory') === contradictory,
  );

const steadyQuestions = ({ questions = {} }: ModelDocument): string[] =>
  Object.entries(questions).flatMap(([name, question]) =>
    'steady' in question && question.steady !== undefined ? [name] : [],
  );

/** The questions whose answers can change something. */
const questionsUsed = (document: ModelDocument): ReadonlySet<string> =>
  new Set([
    ...subjectsIn(document).flatMap(({ subject }) => {
      if ('answer' in subject) return [subject.answer];
      if ('words' in subject) return [subject.words];
      return 'figures' in subject ? [subject.figures] : [];
    }),
    ...(asksHowAnswered(document, false) ? answersJudged(document) : []),
    ...(asksHowAnswered(document, true) ? steadyQuestions(document) : []),
  ]);

const unusedQuestions: Rule = {
  reads: ['questions', 'dimensions', 'bant', 'slide', 'lanes', 'answering', 'disqualifiers', 'policy'],
  find: (document) => {
    const used = questionsUsed(document);
    return Object.keys(document.questions ?? {})
      .filter((name) => !used.has(name))
      .map((name) =>
        warning(
          `questions.${name}`,
          name,
          'a question whose answer changes something; nothing reads this one',
        ),
      );
  },
};

const pointsOf = (criterion: Criterion): number[] => {
  if ('bands' in criterion) return criterion.bands.map(({ points }) => points);
  if ('table' in criterion)
    return [...Object.values(criterion.table).map(pointsOfEntry), criterion.otherwise ?? 0];
  return [criterion.points];
};

const withoutPoints: Rule = {
  reads: ['dimensions'],
  find: (document) =>
    criteriaIn(document)
      .filter(({ criterion }) => pointsOf(criterion).every((points) => points === 0))
      .map(({ path, criterion }) =>
        warning(path, criterion.id, 'a criterion that gives points; this one never does'),
      ),
};

export const unusedRules: readonly Rule[] = [unusedQuestions, withoutPoints];

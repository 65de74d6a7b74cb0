import { questionsBehind } from '../../compile/answering.ts';
import { collectCriterionPaths } from '../../document/condition-paths.ts';
import type { Criterion } from '../../document/criterion.ts';
import type { ModelDocument } from '../../document/model.ts';
import { pointsOfEntry } from '../../document/points-of-entry.ts';
import { listReads } from '../../document/reads.ts';
import { collectReaders } from '../../document/walk.ts';
import { type Rule, warning } from '../finding.ts';

/** Returns the questions whose answers can change something. */
const questionsUsed = (document: ModelDocument): ReadonlySet<string> =>
  new Set(
    collectReaders(document)
      .flatMap(({ reader }) => listReads(reader))
      .flatMap((read) => {
        if (read.kind === 'answer') return [read.name];
        if (read.kind !== 'answering') return [];
        return questionsBehind(read.flag, document);
      }),
  );

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

const listPoints = (criterion: Criterion): number[] => {
  if ('bands' in criterion) return criterion.bands.map(({ points }) => points);
  if ('table' in criterion)
    return [...Object.values(criterion.table).map(pointsOfEntry), criterion.otherwise ?? 0];
  return [criterion.points];
};

const withoutPoints: Rule = {
  reads: ['dimensions'],
  find: (document) =>
    collectCriterionPaths(document)
      .filter(({ criterion }) => listPoints(criterion).every((points) => points === 0))
      .map(({ path, criterion }) =>
        warning(path, criterion.id, 'a criterion that gives points; this one never does'),
      ),
};

export const unusedRules: readonly Rule[] = [unusedQuestions, withoutPoints];

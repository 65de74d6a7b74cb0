import type { LaneFigure } from '../../document/lane-figures.ts';
import type { ModelDocument } from '../../document/model.ts';
import { collectSubjects, type SubjectPath } from '../../document/walk.ts';
import { canBeNumber, findOwnDomain, kindWords } from '../domains.ts';
import { error, type Finding, type Rule } from '../finding.ts';

/** Returns the figure that a subject reads, and the field that names it. */
const findFigure = ({ subject }: SubjectPath): readonly [field: string, figure: LaneFigure] | undefined => {
  if ('laneFigure' in subject) return ['laneFigure', subject.laneFigure];
  if ('laneStanding' in subject) return ['laneStanding', subject.laneStanding];
  return 'relativeTo' in subject && subject.relativeTo !== undefined
    ? ['relativeTo', subject.relativeTo]
    : undefined;
};

const statedFigures = (lanes: NonNullable<ModelDocument['lanes']>): string[] => [
  ...new Set(
    lanes.flatMap(({ figures }) =>
      Object.entries(figures).flatMap(([figure, value]) => (value === undefined ? [] : [figure])),
    ),
  ),
];

const stated: Rule = {
  reads: ['lanes'],
  find: (document) => {
    const { lanes = [] } = document;
    if (lanes.length === 0) return []; // reported already, since the section is missing
    const figures = statedFigures(lanes);
    const all = figures.length === 0 ? 'none is' : figures.join(', ');
    return collectSubjects(document).flatMap((place): Finding[] => {
      const [field, figure] = findFigure(place) ?? [];
      return figure === undefined || figures.includes(figure)
        ? []
        : [error(`${place.path}.${field}`, figure, `a figure that a lane of this model states: ${all}`)];
    });
  },
};

/** The rule that only a number is divided by a lane's figure. */
const dividend: Rule = {
  reads: ['questions', 'attributes'],
  find: (document) =>
    collectSubjects(document).flatMap(({ path, subject }): Finding[] => {
      if (!('relativeTo' in subject) || subject.relativeTo === undefined) return [];
      const domain = findOwnDomain(subject, document);
      return domain === undefined || canBeNumber(domain)
        ? []
        : [
            error(
              `${path}.relativeTo`,
              subject.relativeTo,
              `no figure to divide by; ${kindWords(domain)}, not a number`,
            ),
          ];
    }),
};

export const laneFigureRules: readonly Rule[] = [stated, dividend];

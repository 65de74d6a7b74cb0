import { findFigure } from '../../document/find-figure.ts';
import { laneFigures } from '../../document/lane-figures.ts';
import type { ModelDocument } from '../../document/model.ts';
import { collectSubjects } from '../../document/walk.ts';
import { canBeNumber, findOwnDomain, kindWords } from '../domains.ts';
import { error, type Finding, type Rule } from '../finding.ts';

const statedFigures = (lanes: NonNullable<ModelDocument['lanes']>): string[] =>
  laneFigures.filter((figure) => lanes.some(({ figures }) => figures[figure] !== undefined));

const stated: Rule = {
  reads: ['lanes'],
  find: (document) => {
    const { lanes = [] } = document;
    if (lanes.length === 0) return []; // reported already, since the section is missing
    const figures = statedFigures(lanes);
    const all = figures.length === 0 ? 'none is' : figures.join(', ');
    return collectSubjects(document).flatMap(({ path, subject }): Finding[] => {
      const [field, figure] = findFigure(subject) ?? [];
      return figure === undefined || figures.includes(figure)
        ? []
        : [error(`${path}.${field}`, figure, `a figure that a lane of this model states: ${all}`)];
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

import { collectCriterionPaths } from '../../document/condition-paths.ts';
import type { Criterion } from '../../document/criterion.ts';
import { canBeNumber, type Domain, findDomain, kindWords } from '../domains.ts';
import { error, type Finding, type Rule, warning } from '../finding.ts';

type BandCriterion = Extract<Criterion, { bands: unknown }>;

const twice = (path: string, { bands }: BandCriterion): Finding[] =>
  bands.flatMap(({ from }, i) =>
    bands.findIndex((band) => band.from === from) < i
      ? [error(`${path}.bands[${i}].from`, from, 'a bound that no other band of this criterion has')]
      : [],
  );

/** Bands that no value within the range falls in: those that begin above it, and all but one that begin below. */
const outside = (path: string, { bands }: BandCriterion, domain: Domain): Finding[] => {
  if (domain.kind !== 'number') return [];
  const { from: least, to: most } = domain;
  const lowest = Math.max(...bands.map(({ from }) => from).filter((from) => from <= least));
  return bands.flatMap(({ from }, i) =>
    from > most || from < lowest
      ? [
          warning(
            `${path}.bands[${i}].from`,
            from,
            from > most
              ? `at most ${most}: ${domain.of} is never more`
              : `a band that some value falls in: ${domain.of} is never less than ${least}`,
          ),
        ]
      : [],
  );
};

const notNumber = (path: string, { of }: BandCriterion, domain: Domain): Finding[] =>
  canBeNumber(domain) ? [] : [error(`${path}.of`, of, `a number; ${kindWords(domain)}`)];

const createBandRule = (
  reads: Rule['reads'],
  find: (path: string, criterion: BandCriterion, domain: Domain | undefined) => readonly Finding[],
): Rule => ({
  reads,
  find: (document) =>
    collectCriterionPaths(document).flatMap(({ path, criterion }) =>
      'bands' in criterion ? find(path, criterion, findDomain(criterion.of, document)) : [],
    ),
});

export const bandRules: readonly Rule[] = [
  createBandRule(['dimensions'], twice),
  createBandRule(['dimensions', 'questions', 'attributes', 'lanes'], (path, criterion, domain) =>
    domain === undefined ? [] : [...notNumber(path, criterion, domain), ...outside(path, criterion, domain)],
  ),
];

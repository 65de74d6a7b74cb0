import type { ModelDocument } from '../../document/model.ts';
import { error, type Finding, hasErrorWithin, warning } from '../finding.ts';
import { constraint, isNotYes, isYes } from '../search/constraints.ts';
import { isSatisfiable } from '../search/satisfiable.ts';
import type { SearchSpace } from '../search/search-space.ts';
import { findShadowing, type Ranked } from './shadowed.ts';

const rankLanes = ({ lanes = [] }: ModelDocument): Ranked[] =>
  lanes.map(({ when }, i) => ({
    path: `lanes[${i}]`,
    applies: constraint(when, isYes),
    appliesNot: constraint(when, isNotYes),
  }));

/** Finds lanes that no lead can ever be in, since it is always in one before. */
export const findShadowedLanes = (space: SearchSpace, before: readonly Finding[]): Finding[] => {
  const ranks = rankLanes(space.document);
  return ranks.flatMap((rank, i) => {
    if (hasErrorWithin(before, rank.path)) return [];
    const by = findShadowing(space, rank, ranks.slice(0, i));
    return by === undefined
      ? []
      : [
          error(
            `${rank.path}.when`,
            space.document.lanes?.[i]?.when,
            `a condition for leads in no lane before it; ${by} to all of these`,
          ),
        ];
  });
};

const rankDisqualifiers = ({ disqualifiers }: ModelDocument): Ranked[] =>
  disqualifiers.map(({ when, unless }, i) => ({
    path: `disqualifiers[${i}]`,
    applies: {
      every: [constraint(when, isYes), ...(unless === undefined ? [] : [constraint(unless, isNotYes)])],
    },
    appliesNot: {
      either: [constraint(when, isNotYes), ...(unless === undefined ? [] : [constraint(unless, isYes)])],
    },
  }));

/** Finds disqualifiers that disqualify nobody, everybody, or only leads that another one disqualifies first. */
export const findFutileDisqualifiers = (space: SearchSpace, before: readonly Finding[]): Finding[] => {
  const ranks = rankDisqualifiers(space.document);
  return ranks.flatMap((rank, i) => {
    if (hasErrorWithin(before, rank.path)) return [];
    const { when, unless } = space.document.disqualifiers[i] ?? {};
    if (isSatisfiable(space, [rank.applies]) === 'no') {
      return [
        error(`${rank.path}.unless`, unless, 'a condition that leaves leads to disqualify; it leaves none'),
      ];
    }
    if (isSatisfiable(space, [rank.appliesNot]) === 'no') {
      return [error(`${rank.path}.when`, when, 'a condition that not every lead meets; every lead does')];
    }
    const by = findShadowing(space, rank, ranks.slice(0, i));
    return by === undefined
      ? []
      : [
          warning(
            `${rank.path}.when`,
            when,
            `a condition for leads that no disqualifier before it applies to; ${by} to all of these`,
          ),
        ];
  });
};

/** Finds a condition that is only asked if a better one does not hold, and never holds then. */
const shadowedAlternative = (
  space: SearchSpace,
  path: string,
  better: Parameters<typeof constraint>[0],
  other: Parameters<typeof constraint>[0] | undefined,
  name: string,
): Finding[] =>
  other !== undefined &&
  isSatisfiable(space, [constraint(other, isYes), constraint(better, isNotYes)]) === 'no'
    ? [warning(path, other, `a condition that holds where ${name} does not; it never does`)]
    : [];

/**
 * Finds `fail` of a letter that never holds if it doesn't pass, `partial` of a part that never does if it isn't
 * complete.
 */
export const findShadowedAlternatives = (space: SearchSpace, before: readonly Finding[]): Finding[] => {
  const { bant, slide } = space.document;
  return [
    ...Object.entries(bant?.letters ?? {}).flatMap(([letter, { pass, fail }]) =>
      shadowedAlternative(space, `bant.letters.${letter}.fail`, pass, fail, 'pass'),
    ),
    ...Object.entries(slide?.parts ?? {}).flatMap(([part, { complete, partial }]) =>
      shadowedAlternative(space, `slide.parts.${part}.partial`, complete, partial, 'complete'),
    ),
  ].filter(({ path }) => !hasErrorWithin(before, path));
};

import { type ConditionPath, rootConditions, sectionConditions } from '../../document/condition-paths.ts';
import type { ModelDocument } from '../../document/model.ts';
import { type Finding, isError } from '../finding.ts';
import { createSearchSpace, type SearchSpace } from '../search/search-space.ts';
import { findTautologies, findUnsatisfiable } from './conditions.ts';
import { findShadowedRules } from './policy-rules.ts';
import { findFutileDisqualifiers, findShadowedAlternatives, findShadowedLanes } from './ranked.ts';
import { findTierFaults } from './reach.ts';
import { findThresholdFaults } from './thresholds.ts';

type Section = keyof ModelDocument;

/** The sections on which any search may depend: if one of them is broken, nothing can be found out. */
const foundation: readonly Section[] = ['questions', 'attributes', 'bant', 'slide', 'lanes', 'answering'];

const parseSection = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

/** Whether sections are without errors. */
type IsSound = (...sections: readonly Section[]) => boolean;

const startsWithAny = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path.startsWith(start));

/** Lanes may end with one for all others, and a disqualifier of everybody has a finding of its own. */
const mayBeTautology = ({ path }: ConditionPath): boolean => startsWithAny(path, ['lanes', 'disqualifiers']);

/** Finds faults in the sections that are computed from facts. */
const inSections = (space: SearchSpace): Finding[] => {
  const places = sectionConditions(space.document);
  const unsatisfiable = findUnsatisfiable(space, places, []);
  return [
    ...unsatisfiable,
    ...findTautologies(
      space,
      places.filter((place) => !mayBeTautology(place)),
    ),
    ...findShadowedAlternatives(space, unsatisfiable),
    ...findShadowedLanes(space, unsatisfiable),
    ...findThresholdFaults(space),
  ];
};

/** Finds faults in criteria, disqualifiers, policy and tiers, which may read the sections. */
const inRoots = (space: SearchSpace, before: readonly Finding[], isSound: IsSound): Finding[] => {
  const places = rootConditions(space.document);
  const unsatisfiable = findUnsatisfiable(space, places, before);
  const all = [...before, ...unsatisfiable];
  return [
    ...unsatisfiable,
    ...findTautologies(
      space,
      places.filter((place) => !mayBeTautology(place)),
    ),
    ...findFutileDisqualifiers(space, all),
    ...findShadowedRules(space, all),
    ...(isSound('dimensions', 'scorecards', 'tiers') ? findTierFaults(space) : []),
  ];
};

/**
 * Finds faults that only a search shows: what is unsatisfiable, what is a tautology, and what is shadowed. Looks only
 * at sections without errors, so that no finding is a mere consequence of another.
 *
 * @param document all sections that are well-formed
 * @param malformed the names of the others
 * @param before the findings so far
 */
export const findDeepFaults = (
  document: ModelDocument,
  malformed: ReadonlySet<string>,
  before: readonly Finding[],
): Finding[] => {
  const broken = new Set([...malformed, ...before.filter(isError).map(({ path }) => parseSection(path))]);
  const isSound: IsSound = (...sections) => !sections.some((section) => broken.has(section));
  if (broken.has('(the whole)') || !isSound(...foundation)) return [];
  const space = createSearchSpace(document);
  const found = inSections(space);
  return found.some(isError) ? found : [...found, ...inRoots(space, before, isSound)];
};

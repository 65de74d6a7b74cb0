import type { ModelDocument } from '../../document/model.ts';
import { askingConditions, derivingConditions, type Place } from '../../document/places.ts';
import { type Finding, isError } from '../finding.ts';
import { createSpace, type Space } from '../search/space.ts';
import { alwaysHolding, neverHolding } from './conditions.ts';
import { hiddenRules } from './policy.ts';
import { futileDisqualifiers, hiddenAlternatives, hiddenLanes } from './ranked.ts';
import { tierFindings } from './reach.ts';
import { thresholdFindings } from './thresholds.ts';

type Section = keyof ModelDocument;

/** What everything that a search looks at may depend on: where one of them is broken, nothing can be told. */
const groundwork: readonly Section[] = ['questions', 'attributes', 'bant', 'slide', 'lanes', 'answering'];

const sectionOf = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

/** Whether sections are there as they should be. */
type IsSound = (...sections: readonly Section[]) => boolean;

const startsWithAny = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path.startsWith(start));

/** Lanes may well end with one for all others, and what disqualifies everybody is said elsewhere. */
const mayHoldAlways = ({ path }: Place): boolean => startsWithAny(path, ['lanes', 'disqualifiers']);

/** What is wrong with all that is worked out of the facts. */
const inGroundwork = (space: Space): Finding[] => {
  const places = derivingConditions(space.document);
  const never = neverHolding(space, places, []);
  return [
    ...never,
    ...alwaysHolding(
      space,
      places.filter((place) => !mayHoldAlways(place)),
    ),
    ...hiddenAlternatives(space, never),
    ...hiddenLanes(space, never),
    ...thresholdFindings(space),
  ];
};

/** What is wrong with all that asks for it. */
const inTheRest = (space: Space, before: readonly Finding[], isSound: IsSound): Finding[] => {
  const places = askingConditions(space.document);
  const never = neverHolding(space, places, before);
  const all = [...before, ...never];
  return [
    ...never,
    ...alwaysHolding(
      space,
      places.filter((place) => !mayHoldAlways(place)),
    ),
    ...futileDisqualifiers(space, all),
    ...hiddenRules(space, all),
    ...(isSound('dimensions', 'scorecards', 'tiers') ? tierFindings(space) : []),
  ];
};

/**
 * What only shows when a model is thought through: what can never be, what always is, and what comes too late. Looks at
 * sections that are sound by themselves, so that no finding is a mere consequence of another.
 *
 * @param document all sections that are well-formed
 * @param malformed the others
 * @param before what was found in them
 */
export const thinkThrough = (
  document: ModelDocument,
  malformed: ReadonlySet<string>,
  before: readonly Finding[],
): Finding[] => {
  const broken = new Set([...malformed, ...before.filter(isError).map(({ path }) => sectionOf(path))]);
  const isSound: IsSound = (...sections) => !sections.some((section) => broken.has(section));
  if (broken.has('(the whole)') || !isSound(...groundwork)) return [];
  const space = createSpace(document);
  const found = inGroundwork(space);
  return found.some(isError) ? found : [...found, ...inTheRest(space, before, isSound)];
};

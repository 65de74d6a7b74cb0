import { tiers } from '../../events/index.ts';
import { instantOf, type ScoringModel } from '../scoring/index.ts';
import { instantAfter } from './change.ts';
import { deriveKnowledge } from './knowledge.ts';
import { efforts, listOptions } from './options.ts';
import { type Advised, computeOutcome, type Outcome, withoutOverride } from './outcome.ts';
import type { Goal, RequiredSet, Requirements, Shortfall } from './requirements.ts';
import { tryPairs } from './search/pairs.ts';
import { trySingles } from './search/singles.ts';

export interface RequirementOptions {
  /** The most sets to list; 10 by default. */
  readonly limit?: number;
  /**
   * The most pairs of changes to judge; 50,000 by default. The limit is a number of pairs and not a time, so that the
   * same question always gets the same answer.
   */
  readonly mostPairs?: number;
  /**
   * The instant as of which the advice is given, in milliseconds since 1970; the lead's own by default. The lead must be
   * as it is then.
   */
  readonly at?: number;
}

const findGoal = ({ document }: ScoringModel, present: Outcome): Goal | undefined => {
  if (present.disqualification !== undefined) return { kind: 'requalified' };
  const tier = tiers[tiers.indexOf(present.tier) + 1];
  return tier === undefined || tier === 'none'
    ? undefined
    : { kind: 'tier', tier, score: document.tiers[tier] };
};

/** Ranks a set by the efforts of its changes; the hardest one counts first. */
const computeEffort = ({ changes }: RequiredSet): number =>
  changes.reduceRight((sum, { effort }) => sum * efforts.length + efforts.indexOf(effort), 0);

/** Compares sets by ease, and those of equal ease by score, the highest first. */
const byEase = (a: RequiredSet, b: RequiredSet): number =>
  computeEffort(a) - computeEffort(b) || b.atLeast.score - a.atLeast.score;

/**
 * Finds what would have to be true of a lead for the next tier: the single changes that reach it, or if none does, the
 * pairs of changes, all by judging the lead as it would be. For a lead that is disqualified: what would lift that. If no
 * pair does it either, the answer is that it needs three or more changes, and how far the best one or two get.
 */
export const whatWouldHaveToBeTrue = (
  model: ScoringModel,
  lead: Advised,
  { limit = 10, mostPairs = 50_000, at = instantOf(lead.facts) }: RequirementOptions = {},
): Requirements => {
  const { facts, held } = withoutOverride(lead);
  const present = computeOutcome(model, facts, held, at);
  const goal = findGoal(model, present);
  const blocked = present.disqualification;
  const standing = { present, ...(blocked !== undefined && { blocked }) };
  if (goal === undefined) return { ...standing, size: 0, sets: [], more: false, exhaustive: true };

  const baseline = { model, facts, at: instantAfter(facts, at), present, goal };
  const knowledge = deriveKnowledge(model);
  const { reads } = knowledge;
  const { options: all, complete } = listOptions(knowledge, facts, at);
  const options = all.filter(
    ({ key, changes }) => changes.length > 0 && (goal.kind === 'tier' || reads.disqualifying.has(key)),
  );
  const list = (size: 1 | 2, sets: readonly RequiredSet[]) => ({
    ...standing,
    goal,
    size,
    sets: sets.toSorted(byEase).slice(0, limit),
    more: sets.length > limit,
  });

  const singles = trySingles(baseline, options);
  if (singles.sets.length > 0) return { ...list(1, singles.sets), exhaustive: complete };

  const least = singles.best?.atLeast ?? present;
  const pairs = tryPairs(baseline, { reads, options, least, most: mostPairs });
  const searched = {
    pairs: pairs.searched,
    exhaustive: complete && pairs.searched.untried === 0,
  };
  if (pairs.sets.length > 0) return { ...list(2, pairs.sets), ...searched };

  const best = pairs.best ?? singles.best;
  const verdict = options.length < 3 ? 'unreachable' : 'needs-three-or-more';
  const shortfall: Shortfall = {
    verdict: searched.exhaustive ? verdict : 'unknown',
    ...(best !== undefined && { best }),
  };
  return { ...standing, goal, size: 0, sets: [], more: false, shortfall, ...searched };
};

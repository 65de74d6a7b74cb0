import { type Disqualification, type Tier, tiers } from '../../events/index.ts';
import type { LeadState } from '../lead/index.ts';
import { round, type ScoringModel } from '../scoring/index.ts';
import { type Change, instantAfter, whatIf } from './change.ts';
import { type Knowledge, knowledgeOf } from './knowledge.ts';
import { type Effort, efforts, type Lever, leversOf } from './levers.ts';
import { levelOf, type Outcome, outcomeOf } from './outcome.ts';
import type { Box } from './search/boxes.ts';
import { createBudget } from './search/budget.ts';
import type { Target } from './search/combine.ts';
import { findSets } from './search/find-sets.ts';
import { createScene, type Scene } from './search/scene.ts';
import { type Option, type TriedLever, tryLever } from './search/settings.ts';

/** Where the lead should get to: the next tier, or first of all to be no longer disqualified. */
export type Goal =
  | { readonly kind: 'tier'; readonly tier: Exclude<Tier, 'none'>; readonly score: number }
  | { readonly kind: 'requalified' };

/** One change of a set. */
export interface RequiredChange {
  readonly kind: Change['kind'];
  readonly name: string;
  /** `unknown`: nobody has said anything else; otherwise what would have to be done, said or be different. */
  readonly effort: Effort;
  /** Any one of these will do. */
  readonly anyOf: readonly [Change, ...Change[]];
  /** Of an activity: any count from the first of these on will do. */
  readonly orMore?: true;
}

export interface RequiredSet {
  readonly changes: readonly RequiredChange[];
  /** How the lead stands after the choice of changes that scores lowest. */
  readonly atLeast: Outcome;
}

export interface Requirements {
  readonly present: Outcome;
  /** What blocks the lead, whatever it scores. */
  readonly blocked?: Disqualification;
  /** Left out for an excellent lead: there is nothing above. */
  readonly goal?: Goal;
  /** How many changes each of the sets has, 1 to 3; 0 where no set of so few changes reaches the goal. */
  readonly size: number;
  /** The smallest sets, the easiest first. */
  readonly sets: readonly RequiredSet[];
  /** Whether there are more sets of this size than are listed. */
  readonly more: boolean;
  /** False where the search was cut: then there may be other sets, also smaller ones. */
  readonly exhaustive: boolean;
}

export interface RequirementOptions {
  /** How many sets to list. */
  readonly limit?: number;
  /** How many steps the search may take: one to add up what changes do, 100 to judge. */
  readonly steps?: number;
}

const goalOf = ({ document }: ScoringModel, present: Outcome): Goal | undefined => {
  if (present.disqualification !== undefined) return { kind: 'requalified' };
  const tier = tiers[tiers.indexOf(present.tier) + 1];
  return tier === undefined || tier === 'none'
    ? undefined
    : { kind: 'tier', tier, score: document.tiers[tier] };
};

/** Sums of the same points in another order may differ by so much. */
const tolerance = 1e-7;

const afterAll = ({ facts, at }: Scene, options: readonly Option[]) =>
  options.reduce((after, { change }) => whatIf(after, change, at), facts);

const targetOf = (goal: Goal, scene: Scene, present: Outcome): Target => {
  if (goal.kind === 'requalified') return { mayReach: () => true, isReached: () => true };
  const mayReach = (score: number): boolean => round(score + tolerance) >= goal.score;
  return {
    mayReach,
    isReached: (score, options) => {
      if (!mayReach(score)) return false;
      if (round(score - tolerance) >= goal.score) return true;
      // Too close for a sum of our own.
      const outcome = outcomeOf(scene.model, afterAll(scene, options), present.tier);
      return levelOf(outcome) >= tiers.indexOf(goal.tier);
    },
  };
};

const byEffort = (a: Lever, b: Lever): number => efforts.indexOf(a.effort) - efforts.indexOf(b.effort);

/** Whether setting the lever can raise a score, alone or with others. */
const canMatter = (scene: Scene, lever: Omit<TriedLever, 'index'>): boolean => {
  if (lever.disqualifying || lever.criteria.length > 0 || lever.stage !== scene.stage) return true;
  return lever.settings.some(({ options }) =>
    options.some(({ tallies }) => tallies.some((added) => added !== 0)),
  );
};

const leversFor = (goal: Goal, scene: Scene, knowledge: Knowledge): TriedLever[] => {
  const { reads } = knowledge;
  return leversOf(knowledge, scene.facts)
    .filter(
      ({ key, changes }) => changes.length > 0 && (goal.kind === 'tier' || reads.disqualifying.has(key)),
    )
    .sort(byEffort)
    .map((lever) => tryLever(scene, reads, lever))
    .filter((lever) => canMatter(scene, lever))
    .map((lever, index) => ({ ...lever, index }));
};

const changeOf = ({ effort, settings }: TriedLever, options: readonly Option[]): RequiredChange => {
  const anyOf = options.map(({ change }) => change) as [Change, ...Change[]];
  const [{ kind, name }] = anyOf;
  // An activity has one setting for each count; between the highest and all above it the model can't tell.
  const first = settings.length - options.length;
  const orMore = kind === 'activity' && options.every(({ index }, i) => index === first + i);
  return { kind, name, effort, anyOf, ...(orMore && { orMore }) };
};

const setOf = (scene: Scene, present: Outcome, { levers, anyOf, lowest }: Box): RequiredSet => ({
  changes: levers.map((lever, i) => changeOf(lever, anyOf[i] ?? [])),
  atLeast: outcomeOf(scene.model, afterAll(scene, lowest.options), present.tier),
});

/**
 * What would have to be true of a lead for the next tier: the smallest sets of one, two or three changes that reach it,
 * found by trying. For a lead that is disqualified: what would lift that.
 */
export const whatWouldHaveToBeTrue = (
  model: ScoringModel,
  { facts, tier: held }: Pick<LeadState, 'facts' | 'tier'>,
  { limit = 10, steps = 1_000_000 }: RequirementOptions = {},
): Requirements => {
  const present = outcomeOf(model, facts, held);
  const goal = goalOf(model, present);
  const blocked = present.disqualification;
  const said = { present, ...(blocked !== undefined && { blocked }) };
  if (goal === undefined) return { ...said, size: 0, sets: [], more: false, exhaustive: true };
  const scene = createScene(model, facts, instantAfter(facts));
  const { boxes, ...found } = findSets({
    scene,
    levers: leversFor(goal, scene, knowledgeOf(model)),
    target: targetOf(goal, scene, present),
    budget: createBudget(steps),
    limit,
  });
  const exhaustive = found.exhaustive && knowledgeOf(model).candidates.complete;
  return { ...said, goal, ...found, exhaustive, sets: boxes.map((box) => setOf(scene, present, box)) };
};

import { type Stage, stages, type Tier, tiers } from '../../../../events/index.ts';
import type { ModelDocument } from '../../document/model.ts';
import { type Finding, hasErrorWithin, warning } from '../finding.ts';
import { constraint, isNotYes, isYes } from '../search/constraints.ts';
import type { SearchSpace } from '../search/search-space.ts';
import { findShadowing, type Ranked } from './shadowed.ts';

type PolicyRule = ModelDocument['policy']['rules'][number];

interface RankedRule extends Ranked {
  readonly rule: PolicyRule;
}

const rankRule = (rule: PolicyRule, i: number): RankedRule => ({
  path: `policy.rules[${i}]`,
  rule,
  applies: rule.when === undefined ? { every: [] } : constraint(rule.when, isYes),
  appliesNot: rule.when === undefined ? { either: [] } : constraint(rule.when, isNotYes),
});

const covers = ({ rule }: RankedRule, stage: Stage, tier: Tier): boolean =>
  (rule.stages?.includes(stage) ?? true) && (rule.tiers?.includes(tier) ?? true);

/** Returns the rules before one at each stage and tier that it covers, without repetitions. */
const befores = (rank: RankedRule, before: readonly RankedRule[]): (readonly RankedRule[])[] => {
  const found = new Map<string, readonly RankedRule[]>();
  for (const stage of stages) {
    for (const tier of tiers) {
      if (!covers(rank, stage, tier)) continue;
      const covering = before.filter((other) => covers(other, stage, tier));
      found.set(covering.map(({ path }) => path).join(), covering);
    }
  }
  return [...found.values()];
};

/** Finds rules of the policy that never apply: at each of their stages and tiers, rules before them do. */
export const findShadowedRules = (space: SearchSpace, before: readonly Finding[]): Finding[] => {
  const ranks = space.document.policy.rules.map(rankRule);
  return ranks.flatMap((rank, i) => {
    if (hasErrorWithin(before, rank.path)) return [];
    let by: string | undefined;
    for (const covering of befores(rank, ranks.slice(0, i))) {
      by = findShadowing(space, rank, covering);
      if (by === undefined) return [];
    }
    return by === undefined
      ? []
      : [
          warning(
            rank.path,
            rank.rule,
            `a rule for leads that no rule before it applies to; ${by} to all of these`,
          ),
        ];
  });
};

import { type Stage, stages, type Tier, tiers } from '../../../../events/index.ts';
import type { ModelDocument } from '../../document/model.ts';
import { type Finding, hasErrorWithin, warning } from '../finding.ts';
import { claim, isNotYes, isYes } from '../search/claims.ts';
import type { Space } from '../search/space.ts';
import { hiddenBy, type Ranked } from './hidden.ts';

type PolicyRule = ModelDocument['policy']['rules'][number];

interface RankedRule extends Ranked {
  readonly rule: PolicyRule;
}

const rankOf = (rule: PolicyRule, i: number): RankedRule => ({
  path: `policy.rules[${i}]`,
  rule,
  applies: rule.when === undefined ? { every: [] } : claim(rule.when, isYes),
  appliesNot: rule.when === undefined ? { either: [] } : claim(rule.when, isNotYes),
});

const covers = ({ rule }: RankedRule, stage: Stage, tier: Tier): boolean =>
  (rule.stages?.includes(stage) ?? true) && (rule.tiers?.includes(tier) ?? true);

/** The rules that come before one at each stage and tier where it applies; those of many cells are the same. */
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

/** Rules of the policy that never come up: at each stage and tier of theirs, rules before them do. */
export const hiddenRules = (space: Space, before: readonly Finding[]): Finding[] => {
  const ranks = space.document.policy.rules.map(rankOf);
  return ranks.flatMap((rank, i) => {
    if (hasErrorWithin(before, rank.path)) return [];
    let by: string | undefined;
    for (const covering of befores(rank, ranks.slice(0, i))) {
      by = hiddenBy(space, rank, covering);
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

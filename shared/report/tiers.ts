import { type Tier, tiers } from '../../events/index.ts';

/** The tiers of leads that are not worth a sale, and block the pipeline. */
export const poorTiers: readonly Tier[] = ['risky', 'none'];
export const goodTiers: readonly Tier[] = ['excellent', 'good'];

/** The tiers in the order in which people read them: the best first. */
export const bestFirst: readonly Tier[] = tiers.toReversed();

export type ByTier<T> = Readonly<Record<Tier, T>>;

export const byTier = <T>(of: (tier: Tier) => T): Record<Tier, T> =>
  Object.fromEntries(bestFirst.map((tier) => [tier, of(tier)])) as Record<Tier, T>;

export const sumOver = (over: readonly Tier[], counts: ByTier<number>): number =>
  over.reduce((sum, tier) => sum + counts[tier], 0);

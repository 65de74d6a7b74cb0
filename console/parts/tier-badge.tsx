import type { Tier } from '../../events/index.ts';
import { texts } from '../texts/texts.ts';

const marks: ReadonlyMap<Tier, string> = new Map<Tier, string>([
  ['excellent', '▲'],
  ['good', '●'],
  ['risky', '▽'],
  ['none', '–'],
]);

/** Shows a tier by its name, a mark and a colour. */
export const TierBadge = ({ tier }: { readonly tier: Tier }) => (
  <span class={`tier tier-${tier}`}>
    <span aria-hidden="true">{marks.get(tier)}</span> {texts.value.words.tiers[tier]}
  </span>
);

import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { formatNumber } from '../../../parts/numbers.ts';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { texts } from '../../../texts/texts.ts';
import { Section } from './section.tsx';
import { listBounds } from './tier-bounds.ts';

/** Shows which scores make which tier. */
export const Tiers = ({ document }: { readonly document: ModelDocument }) => {
  const t = texts.value.model.words;
  const { hysteresis } = document.tiers;
  return (
    <Section title={t.tiers} hint={t.tiersHint}>
      <ul class="plain tier-bounds">
        {listBounds(document).map(({ tier, from, below }) => (
          <li key={tier} class={`tier-bound bound-${tier}`} style={{ flexGrow: (below ?? 100) - from + 12 }}>
            <TierBadge tier={tier} />
            <span>
              {below === undefined
                ? t.andMore(formatNumber(from))
                : t.below(formatNumber(from), formatNumber(below))}
            </span>
          </li>
        ))}
      </ul>
      {hysteresis > 0 && <p class="muted">{t.hysteresis(formatNumber(hysteresis))}</p>}
    </Section>
  );
};

import { Instant } from '../../../parts/instant.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';

/** Says that a person has set the tier or holds the lead out of calls, until when and why; nothing if nobody does. */
export const OverrideNotice = ({ lead }: { readonly lead: LeadAnswer }) => {
  const { overridden, facts } = lead;
  const { override } = facts;
  if (overridden === undefined) return null;
  const { lead: t, words } = texts.value;
  return (
    <div class="note" role="note">
      <p>
        <strong>
          {override?.tier !== undefined && t.override.tierSet(words.tiers[override.tier])}
          {override?.tier !== undefined && overridden.hold && ' '}
          {overridden.hold && t.override.held}
        </strong>{' '}
        {t.override.byModel(words.tiers[overridden.tier])}
      </p>
      {override && (
        <p class="muted">
          {t.override.until} <Instant at={override.until} /> · <bdi>{override.actor}</bdi>:{' '}
          <bdi>{override.reason}</bdi>
        </p>
      )}
    </div>
  );
};

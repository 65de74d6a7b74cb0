import { Authored } from '../../../parts/authored.tsx';
import { formatNumber, formatShare } from '../../../parts/numbers.ts';
import { ScoreMeter } from '../../../parts/score-meter.tsx';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import { OverrideNotice } from './override-notice.tsx';
import { UpcomingChanges } from './upcoming.tsx';
import { actionWords } from './upcoming-words.ts';

interface StandingProps {
  readonly lead: LeadAnswer;
  /** The lead as of now, if another instant is shown. */
  readonly now?: LeadAnswer | undefined;
}

/** Shows how a lead stands: tier, score, stage, status, what is to be done, and what comes by itself. */
export const Standing = ({ lead, now }: StandingProps) => {
  const { lead: t, words } = texts.value;
  const { tier, score, stage, status, action, coverage, disqualification, heldBack, actionsWait } = lead;
  return (
    <section class="card standing" aria-label={t.standing.title}>
      <div class="row standing-line">
        <TierBadge tier={tier} />
        <ScoreMeter score={score} />
        <data class="standing-score" value={score}>
          {words.scoreOf(formatNumber(score))}
        </data>
        <span>{words.stages[stage]}</span>
        <span class="muted">{words.statuses[status]}</span>
        <span class="muted">{t.standing.coverage(formatShare(coverage))}</span>
      </div>
      {now !== undefined && (
        <p class="muted">{t.standing.now(words.tiers[now.tier], words.scoreOf(formatNumber(now.score)))}</p>
      )}
      <p class="standing-action">{actionWords(action, texts.value)}</p>
      {disqualification !== undefined && (
        <p>
          <strong>{t.standing.ruledOut}</strong> <Authored>{disqualification.text}</Authored>
        </p>
      )}
      {heldBack && <p>{t.standing.heldBack}</p>}
      {actionsWait && <p>{t.standing.actionsWait}</p>}
      <OverrideNotice lead={lead} />
      <UpcomingChanges lead={lead} />
    </section>
  );
};

import { Authored } from '../../../parts/authored.tsx';
import { formatNumber, formatPoints } from '../../../parts/numbers.ts';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { texts } from '../../../texts/texts.ts';
import { actionWords } from '../standing/upcoming-words.ts';
import { compareCriteria } from './compare-criteria.ts';
import type { Judged } from './create-what-if.ts';

interface ResultProps {
  readonly present: Judged;
  readonly judged: Judged;
}

const Moved = ({ from, to }: { readonly from: string; readonly to: string }) =>
  from === to ? (
    to
  ) : (
    <>
      <span class="muted">{from} →</span> <strong>{to}</strong>
    </>
  );

const ChangedCriteria = ({ present, judged }: ResultProps) => {
  const t = texts.value.lead.whatIf;
  const changed = compareCriteria(present.explanation.counted, judged.explanation.counted);
  if (changed.length === 0) return <p class="muted">{t.noCriteria}</p>;
  return (
    <table>
      <caption>{t.criteria}</caption>
      <tbody>
        {changed.map(({ key, text, before, after }) => (
          <tr key={key}>
            <td>
              <Authored>{text}</Authored>
            </td>
            <td class="number">
              {formatPoints(after - before)}
              <div class="muted">
                {formatNumber(before)} → {formatNumber(after)}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Shows how the lead would stand, beside how it stands. */
export const WhatIfResult = ({ present, judged }: ResultProps) => {
  const { lead: t, words } = texts.value;
  const [before, after] = [present.standing, judged.standing];
  return (
    <div class="what-if-result" role="status">
      <dl>
        <dt>{words.score}</dt>
        <dd data-result="score">
          <Moved from={formatNumber(before.score)} to={formatNumber(after.score)} />{' '}
          {after.score !== before.score && (
            <span class="points">{formatPoints(after.score - before.score)}</span>
          )}
        </dd>
        <dt>{t.whatIf.tier}</dt>
        <dd data-result="tier">
          {before.tier !== after.tier && (
            <>
              <span class="muted">{words.tiers[before.tier]} →</span>{' '}
            </>
          )}
          <TierBadge tier={after.tier} />
        </dd>
        <dt>{t.whatIf.stage}</dt>
        <dd data-result="stage">
          <Moved from={words.stages[before.stage]} to={words.stages[after.stage]} />
        </dd>
        <dt>{t.whatIf.action}</dt>
        <dd data-result="action">
          <Moved from={actionWords(before.action, texts.value)} to={actionWords(after.action, texts.value)} />
        </dd>
      </dl>
      {after.disqualification !== undefined && (
        <p>
          <strong>{t.standing.ruledOut}</strong> <Authored>{after.disqualification.text}</Authored>
        </p>
      )}
      {after.heldBack && <p>{t.standing.heldBack}</p>}
      <ChangedCriteria present={present} judged={judged} />
    </div>
  );
};

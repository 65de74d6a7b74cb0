import { Authored } from '../../../parts/authored.tsx';
import { formatNumber, formatPoints } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import { FactValue, type Value } from '../fact-value.tsx';
import type { CountedReason, Possibility } from '../types.ts';

const Shares = ({ reason }: { readonly reason: CountedReason }) => {
  const t = texts.value.lead.points;
  const { successPercent, churnPercent, example } = reason;
  if (successPercent === undefined && churnPercent === undefined)
    return example ? <span class="tag">{t.example}</span> : null;
  return (
    <span class="muted">
      {successPercent !== undefined && t.succeed(formatNumber(successPercent))}{' '}
      {churnPercent !== undefined && t.leave(formatNumber(churnPercent))}{' '}
      {example && <span class="tag">{t.example}</span>}
    </span>
  );
};

/** Shows a criterion that gave points: what it says of the lead, for which value, and what is left of it. */
export const Counted = ({ reason }: { readonly reason: CountedReason }) => {
  const { text, points, weight, value, days, left } = reason;
  const t = texts.value.lead.points;
  return (
    <tr>
      <td>
        <Authored>{text}</Authored>
        <div class="muted">
          {days !== undefined && <span>{t.days(days)} </span>}
          {days === undefined && value !== undefined && <FactValue value={value as Value} />}{' '}
          {left !== undefined && left.share < 1 && <Authored>{left.words}</Authored>}{' '}
          <Shares reason={reason} />
        </div>
      </td>
      <td class="number">{formatPoints(points)}</td>
      <td class="number">{formatPoints(weight)}</td>
    </tr>
  );
};

/** Shows a criterion that could still give points. */
export const Possible = ({ possibility }: { readonly possibility: Possibility }) => {
  const { text, points, weight, known } = possibility;
  const t = texts.value.lead.points;
  return (
    <tr>
      <td>
        <Authored>{text}</Authored> <span class="muted">{known ? t.isKnown : t.isUnknown}</span>
      </td>
      <td class="number">{t.upTo(formatPoints(points))}</td>
      <td class="number">{t.upTo(formatPoints(weight))}</td>
    </tr>
  );
};

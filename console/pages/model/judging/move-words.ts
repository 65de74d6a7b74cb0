import type { MoveReason } from '../../../../shared/comparison/index.ts';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { formatNumber, formatPoints } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import { formatShare } from '../format.ts';

type Disqualified = Extract<MoveReason, { kind: 'disqualifier' }>;

const disqualifierWords = ({ texts: { a, b } }: Disqualified): string => {
  const t = texts.value.model.reasons;
  if (b !== undefined) return t.ruledOut(markAuthored(b));
  return t.noLongerRuledOut(markAuthored(a ?? ''));
};

/** Returns a reason for which a lead moves, in words. */
export const describeReason = (reason: MoveReason): string => {
  const { reasons: t } = texts.value.model;
  const { stages, tiers } = texts.value.words;
  switch (reason.kind) {
    case 'disqualifier':
      return disqualifierWords(reason);
    case 'stage':
      return t.stage(stages[reason.stages.a], stages[reason.stages.b]);
    case 'threshold': {
      const { a, b } = reason.thresholds;
      return t.threshold(tiers[reason.tier], formatNumber(a), formatNumber(b));
    }
    case 'hysteresis':
      return t.hysteresis(formatNumber(reason.points.a), formatNumber(reason.points.b));
    case 'held-back':
      return reason.by === 'b' ? t.heldBack : t.noLongerHeldBack;
    case 'policy':
      return t.policy;
    case 'criterion':
    case 'base':
    case 'limit':
    case 'weight':
      return `${formatPoints(reason.difference)} ${markAuthored(reason.title)}: ${partWords(reason)}`;
    default:
      return reason satisfies never;
  }
};

type Part = Extract<MoveReason, { kind: 'criterion' | 'base' | 'limit' | 'weight' }>;

const partWords = (part: Part): string => {
  const { reasons: t } = texts.value.model;
  switch (part.kind) {
    case 'criterion':
      return t.criterion(markAuthored(part.text), formatNumber(part.points.a), formatNumber(part.points.b));
    case 'base':
      return t.base(formatNumber(part.points.a), formatNumber(part.points.b));
    case 'limit':
      return t.limit;
    case 'weight':
      return t.weight(formatShare(part.shares.a), formatShare(part.shares.b));
    default:
      return part satisfies never;
  }
};

import { type Stage, stages } from '../../events/index.ts';
import type { Dated, Facts, StageStatement } from '../scoring/index.ts';
import { omitUndefined } from './omit-undefined.ts';
import { pickLater } from './pick-later.ts';

/**
 * Returns the later of two statements; of one instant, the one furthest along the funnel. An export often has only days,
 * so a lead that came to several stages on one day is at the last of them.
 */
export const pickLaterStage = (
  a: Dated<StageStatement> | undefined,
  b: Dated<StageStatement>,
): Dated<StageStatement> => {
  if (a === undefined || a[1] !== b[1]) return pickLater(a, b);
  const [rankA, rankB] = [stages.indexOf(a[0].stage), stages.indexOf(b[0].stage)];
  if (rankA === rankB) return pickLater(a, b);
  return rankA > rankB ? a : b;
};

/** Notes the stage that a statement gives, of the lead itself or by one of its deals. A customer is one by any deal. */
export const withStage = (
  facts: Facts,
  data: {
    readonly stage: Stage;
    readonly dealId?: string | undefined;
    readonly reason?: string | undefined;
    readonly actor?: string | undefined;
  },
  at: number,
): Facts => {
  const { stage, dealId, reason, actor } = data;
  const statement: Dated<StageStatement> = [omitUndefined({ stage, reason, actor }), at];
  return dealId === undefined || stage === 'customer'
    ? { ...facts, stated: pickLaterStage(facts.stated, statement) }
    : { ...facts, dealStage: pickLaterStage(facts.dealStage, statement) };
};

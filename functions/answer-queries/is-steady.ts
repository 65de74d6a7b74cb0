import type { FoundLead } from '../../shared/as-of/index.ts';
import { computeHour, instantOf, listCuts } from '../../shared/scoring/index.ts';
import { presentStanding } from './present-lead.ts';

/**
 * Returns whether the answer about a lead is the same as at any time since its latest commit, apart from the instant as
 * of which it holds. A version says what was recorded. It doesn't say whether points have decayed or a window has passed
 * since, nor whether a hand-off was opened or a nurture track begun: those are written after the commit that asks for
 * them. So a lead with an action or with follow-ups isn't steady.
 */
export const isSteady = ({ lead, now }: FoundLead): boolean => {
  if (now === undefined || lead.tense !== 'present' || lead.meanwhile.length > 0) return false;
  const { stored, followUps } = now;
  const { handoffs, nurture, isWhole } = followUps;
  const hasFollowUps =
    handoffs.length > 0 || !isWhole || [nurture.track, nurture.waiting, nurture.refused].some(Boolean);
  if (stored.announced !== undefined || stored.action.kind !== 'none' || hasFollowUps) return false;
  const { model, state } = lead;
  const [from, to] = [computeHour(instantOf(stored.facts)), computeHour(lead.at)];
  if (listCuts(model, stored.facts, from, to).length > 0) return false;
  // Between two cuts the points of each criterion only become fewer, so the ends of the time are enough.
  const [before, after] = [stored, state].map((one) =>
    JSON.stringify(presentStanding({ model, state: one })),
  );
  return before === after;
};

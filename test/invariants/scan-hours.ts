import { judgeLater } from '../../shared/lead/index.ts';
import { instantOf, longestWindow, type ScoringModel } from '../../shared/scoring/index.ts';
import type { Judged } from './steps.ts';

const hourMs = 3_600_000;
const hoursOfDay = 24;

/** The hours after which nothing changes by itself any more. */
const longestHours = (longestWindow + 2) * hoursOfDay;

type Standing = ReturnType<typeof judgeLater>;

/** Returns what is announced or done of a standing. */
const visible = ({
  stage,
  status,
  tier,
  heldBack,
  demoReady,
  disqualification,
  overridden,
  action,
}: Standing): string =>
  JSON.stringify([
    ...[
      overridden?.tier,
      overridden?.hold,
      stage,
      status,
      tier,
      heldBack === true,
      demoReady,
      disqualification?.disqualifier,
      action.kind,
    ],
    ...(action.kind === 'nurture' ? [action.track] : []),
    ...(action.kind === 'handoff' ? [action.queue, action.dueHours] : []),
  ]);

/** Returns whether a score is as far from the announced one as the policy announces. */
const isNews = ({ state, model }: Judged, { score }: Standing): boolean => {
  const points = model.document.policy.announceScore?.points ?? Number.POSITIVE_INFINITY;
  return Math.abs(score - (state.announcedScore ?? state.score)) > points - 0.005;
};

const fading = new WeakMap<ScoringModel, boolean>();

/** Returns whether points of a model fade hour by hour. Without that, facts are read by whole days. */
const isFading = (model: ScoringModel): boolean => {
  const known = fading.get(model) ?? JSON.stringify(model.document).includes('"decay"');
  fading.set(model, known);
  return known;
};

/** The hours that are left to judge in one evidence, so that its check takes no more than a moment. */
export interface Allowance {
  hours: number;
}

/**
 * Judges a lead at every whole hour after its instant, and returns the first at which something that is announced or
 * done differs. It knows nothing of how the product finds that hour. Hours at which nothing can differ are left out:
 * those between midnights if no points fade. Once the allowance is used up, only midnights and the last hour are judged.
 */
export const scanHours = (judged: Judged, until: number, allowance: Allowance): number | undefined => {
  const { state, model } = judged;
  const { facts } = state;
  const was = visible(state);
  const first = Math.floor(instantOf(facts) / hourMs) + 1;
  const last = Math.min(Math.floor(until / hourMs), first + longestHours);
  const isHourly = isFading(model);
  for (let hour = first; hour <= last; hour++) {
    const isLeftOut = hour % hoursOfDay !== 0 && hour !== first && hour !== last;
    if (isLeftOut && (!isHourly || allowance.hours <= 0)) continue;
    allowance.hours--;
    const standing = judgeLater(model, state, hour * hourMs);
    if (visible(standing) !== was || isNews(judged, standing)) return hour * hourMs;
  }
  return undefined;
};

import type { Budget } from './budget.ts';
import { type Joint, type JointEffect, pairPlace } from './joints.ts';
import { type Scene, stageAfter, type Tallies } from './scene.ts';
import type { Option, Setting, TriedLever } from './settings.ts';
import { wholeOf } from './whole.ts';

/** One change of each lever of a set, after which the lead is where it should be. */
export interface Combination {
  readonly options: readonly Option[];
  /** Before rounding. */
  readonly score: number;
}

/** Says of a lead that is not disqualified, by its score before rounding, whether it is where it should be. */
export interface Target {
  /** Whether a score as high as that could be enough. */
  readonly mayReach: (score: number) => boolean;
  readonly isReached: (score: number, options: readonly Option[]) => boolean;
}

interface Props {
  readonly scene: Scene;
  readonly jointOf: (a: TriedLever, b: TriedLever) => Joint | undefined;
  readonly target: Target;
  readonly budget: Budget;
}

/** Into `sums`, which belongs to the caller: this runs for every combination. */
const add = (sums: number[], points: readonly number[]): void => {
  for (let d = 0; d < sums.length; d++) sums[d] = (sums[d] as number) + (points[d] as number);
};

const copy = (from: readonly number[], to: number[]): void => {
  for (let d = 0; d < to.length; d++) to[d] = from[d] as number;
};

const plus = (a: Tallies, b: Tallies): Tallies => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/**
 * All combinations of a set's changes that reach the target. Exact, and still cheap: what a criterion doesn't read can't
 * change what it gives, so the sums of the dimensions are put together from what single changes and pairs of them do.
 * Only where something reads three changes together are the three read together.
 */
export const createCombiner =
  ({ scene, jointOf, target, budget }: Props) =>
  (set: readonly TriedLever[]): Combination[] => {
    const found: Combination[] = [];
    const stage = stageAfter(scene, set);
    const joints = set.flatMap((b, j) => set.slice(0, j).map((a) => jointOf(a, b)));
    const whole = wholeOf(scene, set, joints, budget);
    const disqualifying = set.flatMap((lever, i) => (lever.disqualifying ? [i] : []));
    const levels = [scene.sums, ...set].map(() => [...scene.sums]);
    const most = [...scene.sums];
    const settings: Setting[] = [];
    const effects: (JointEffect | undefined)[] = [];

    const isDisqualified = (): boolean => {
      const [i, j] = disqualifying;
      if (i === undefined) return scene.now.disqualified;
      if (j === undefined) return settings[i]?.disqualified === true;
      return effects[pairPlace(i, j)]?.disqualified === true;
    };

    const couldReach = (sums: readonly number[]): boolean => {
      copy(sums, most);
      for (const { ceilings } of settings) add(most, ceilings);
      return target.mayReach(scene.scoreOf(most, scene.now.tallies, stage));
    };

    const choose = (sums: readonly number[], options: readonly Option[], tallies: Tallies): void => {
      if (!budget.spend(1)) return;
      const setting = settings[options.length];
      if (setting !== undefined) {
        for (const option of setting.options) {
          choose(sums, [...options, option], plus(tallies, option.tallies));
        }
        return;
      }
      const score = scene.scoreOf(sums, tallies, stage);
      if (target.isReached(score, options)) found.push({ options, score });
    };

    const settle = (sums: readonly number[]): void => {
      if (whole === undefined) {
        if (!isDisqualified() && couldReach(sums)) choose(sums, [], scene.now.tallies);
        return;
      }
      const total = [...sums];
      add(total, whole.mostMore(settings, effects));
      if (!couldReach(total)) return;
      const { more, disqualified } = whole.observe(settings, effects);
      copy(sums, total);
      add(total, more);
      if (!disqualified) choose(total, [], scene.now.tallies);
    };

    const visit = (depth: number): void => {
      const sums = levels[depth] as number[];
      const next = levels[depth + 1];
      if (next === undefined) {
        settle(sums);
        return;
      }
      for (const setting of set[depth]?.settings ?? []) {
        if (!budget.spend(1)) return;
        settings[depth] = setting;
        copy(sums, next);
        add(next, setting.gains);
        for (let i = 0; i < depth; i++) {
          const place = pairPlace(i, depth);
          effects[place] = joints[place]?.effectOf(settings[i] as Setting, setting);
          const effect = effects[place];
          if (effect !== undefined) add(next, effect.gains);
        }
        visit(depth + 1);
      }
    };

    visit(0);
    return found;
  };

import type { Stage } from '../../../events/index.ts';
import { resolveStage } from '../../funnel/index.ts';
import type { Facts } from '../../scoring/index.ts';
import { type Change, whatIf } from '../change.ts';
import type { Effort, Lever } from '../levers.ts';
import type { Reads } from '../reads.ts';
import type { Observation, Scene, Tallies } from './scene.ts';

/** A change with what it adds to the tallies. */
export interface Option {
  readonly change: Change;
  /** Its place among the changes of its lever. */
  readonly index: number;
  readonly tallies: Tallies;
}

/**
 * One way in which a lever can be set: changes that only the tallies tell apart. An answer that can be worded in eight
 * ways is one setting with eight options, as long as nothing but the tallies looks at its wording.
 */
export interface Setting {
  readonly index: number;
  readonly facts: Facts;
  readonly options: readonly Option[];
  /** What each criterion gives after it. */
  readonly points: readonly number[];
  /** What it adds to the sum of each dimension. */
  readonly gains: readonly number[];
  /** The most that one of its options adds to each dimension through the tallies. */
  readonly ceilings: readonly number[];
  readonly disqualified: boolean;
}

/** A lever with all its settings tried. */
export interface TriedLever {
  /** Its place among the levers of the search. */
  readonly index: number;
  readonly effort: Effort;
  readonly settings: readonly Setting[];
  /** The criteria that read it, by the model's order; those that go by tallies left out. */
  readonly criteria: readonly number[];
  readonly disqualifying: boolean;
  /** Where the lead is after it: every setting moves it alike. */
  readonly stage: Stage;
}

/** The most that an option adds to each dimension: never less than what its tallies come to. */
const ceilingsOf = ({ criteria, sums }: Scene, options: readonly Option[]): number[] => {
  const most = sums.map(() => 0);
  for (const { tallies } of options) {
    const added = sums.map(() => 0);
    for (const { compiled, dimension, tally } of criteria) {
      const { rule } = compiled;
      if (tally < 0 || rule.kind !== 'eachAnswer') continue;
      const points = (tallies[tally] as number) * rule.points;
      added[dimension] = (added[dimension] as number) + Math.max(0, points);
    }
    for (let d = 0; d < most.length; d++) most[d] = Math.max(most[d] as number, added[d] as number);
  }
  return most;
};

const difference = (a: Tallies, b: Tallies): Tallies => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

export const tryLever = (scene: Scene, reads: Reads, lever: Lever): Omit<TriedLever, 'index'> => {
  const { key } = lever;
  const criteria = scene.criteria.flatMap(({ tally }, i) =>
    tally < 0 && reads.criteria[i]?.has(key) ? [i] : [],
  );

  const gainsOf = ({ points }: Observation): number[] => {
    const gains = scene.sums.map(() => 0);
    for (const i of criteria) {
      const dimension = scene.criteria[i]?.dimension as number;
      gains[dimension] =
        (gains[dimension] as number) + (points[i] as number) - (scene.now.points[i] as number);
    }
    return gains;
  };

  const settings = new Map<unknown, Omit<Setting, 'ceilings'> & { readonly options: Option[] }>();
  for (const [i, change] of lever.changes.entries()) {
    const facts = whatIf(scene.facts, change, scene.at);
    const observed = scene.observe(facts);
    const option = { change, index: i, tallies: difference(observed.tallies, scene.now.tallies) };
    const group = change.kind === 'answer' && !reads.worded.has(key) ? JSON.stringify(change.value) : i;
    const setting = settings.get(group);
    if (setting !== undefined) setting.options.push(option);
    else {
      const { points, disqualified } = observed;
      const gains = gainsOf(observed);
      settings.set(group, { index: settings.size, facts, options: [option], points, gains, disqualified });
    }
  }
  const all = [...settings.values()].map((setting) => ({
    ...setting,
    ceilings: ceilingsOf(scene, setting.options),
  }));
  return {
    effort: lever.effort,
    settings: all,
    criteria,
    disqualifying: reads.disqualifying.has(key),
    stage: resolveStage(all[0]?.facts ?? scene.facts, scene.model.document).stage,
  };
};

import type { Facts } from '../../scoring/index.ts';
import { whatIf } from '../change.ts';
import { type Budget, judging } from './budget.ts';
import type { Scene } from './scene.ts';
import type { Setting, TriedLever } from './settings.ts';

/** What two settings do together beyond what each does alone. */
export interface JointEffect {
  readonly gains: readonly number[];
  /** What the shared criteria give, by their order. */
  readonly points: readonly number[];
  readonly disqualified: boolean;
}

/** Two levers that some criterion reads both, or on which it depends together whether the lead is disqualified. */
export interface Joint {
  /** The criteria that read both, by the model's order. */
  readonly shared: readonly number[];
  readonly effectOf: (a: Setting, b: Setting) => JointEffect;
}

/** Where the pair of the i-th and the j-th of up to three stands, i before j. */
export const pairPlace = (i: number, j: number): number => i + j - 1;

const changeOf = ({ options }: Setting) => (options[0] as Setting['options'][number]).change;

/** The facts after several settings; which of a setting's options, no criterion can tell. */
export const factsAfter = ({ facts: before, at }: Scene, settings: readonly Setting[]): Facts =>
  settings
    .slice(1)
    .reduce((facts, setting) => whatIf(facts, changeOf(setting), at), settings[0]?.facts ?? before);

/** Joints by pair of levers, each observed only where the search comes by, and once. */
export const createJoints = (scene: Scene, levers: readonly TriedLever[], budget: Budget) => {
  const { now, criteria, sums } = scene;

  const observe = (shared: readonly number[], a: Setting, b: Setting): JointEffect => {
    budget.spend(judging);
    const { points, disqualified } = scene.observe(factsAfter(scene, [a, b]));
    const gains = sums.map(() => 0);
    for (const i of shared) {
      const dimension = criteria[i]?.dimension as number;
      const alone = (a.points[i] as number) + (b.points[i] as number) - (now.points[i] as number);
      gains[dimension] = (gains[dimension] as number) + (points[i] as number) - alone;
    }
    return { gains, points: shared.map((i) => points[i] as number), disqualified };
  };

  const create = (a: TriedLever, b: TriedLever): Joint | undefined => {
    const shared = a.criteria.filter((i) => b.criteria.includes(i));
    if (shared.length === 0 && !(a.disqualifying && b.disqualifying)) return undefined;
    const effects: JointEffect[] = [];
    return {
      shared,
      effectOf: (one, other) => {
        const place = one.index * b.settings.length + other.index;
        effects[place] ??= observe(shared, one, other);
        return effects[place];
      },
    };
  };

  const joints = new Map<number, Joint | undefined>();
  /** `a` stands before `b` among the levers. */
  return (a: TriedLever, b: TriedLever): Joint | undefined => {
    const place = a.index * levers.length + b.index;
    if (!joints.has(place)) joints.set(place, create(a, b));
    return joints.get(place);
  };
};

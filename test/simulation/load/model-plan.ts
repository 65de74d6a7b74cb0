import type { ActivationActions } from '../../../events/index.ts';
import type { Random } from '../random.ts';

/** Something that somebody does with the models of a world, at a step of the run. */
export interface ModelAct {
  readonly step: number;
  readonly act: 'activate' | 'roll-back' | 'shadow' | 'unshadow' | 'pause' | 'resume' | 'pace';
  /** The number of the model in its family, from 1 to 3. */
  readonly number: number;
  readonly actions: ActivationActions;
  /** Whether somebody else does the same at the same time. */
  readonly isContested: boolean;
}

/** The part of a plan that is about models. */
export interface ModelPlan {
  /** In the order of their steps. */
  readonly modelActs: readonly ModelAct[];
}

const laterActs: readonly ModelAct['act'][] = [
  'activate',
  'activate',
  'roll-back',
  'shadow',
  'shadow',
  'unshadow',
  'pause',
  'resume',
];

const drawAct = (random: Random, isFirst: boolean): ModelAct => ({
  step: random.between(20, isFirst ? 300 : 700),
  act: random.pick(isFirst ? (['activate', 'activate', 'activate', 'shadow'] as const) : laterActs),
  number: random.between(isFirst ? 2 : 1, 3),
  actions: random.pick(['all', 'none'] as const),
  isContested: random.chance(0.2),
});

/**
 * Draws now and then that somebody slows the rescoring of an activation down, and activates another model, whose
 * rescoring is as slow: it reads a segment in parts of one lead.
 */
const drawSlowdown = (random: Random, { step }: ModelAct): readonly ModelAct[] => {
  if (!random.chance(0.4)) return [];
  const pace = { ...drawAct(random, false), act: 'pace' as const, step: step + random.between(10, 100) };
  return [pace, { ...pace, act: 'activate', step: pace.step + random.between(0, 30) }];
};

/** Draws what is done with models: in half of the worlds nothing, in the others up to seven things. */
export const drawModelPlan = (random: Random): ModelPlan => {
  if (!random.chance(0.5)) return { modelActs: [] };
  const more = random.chance(0.5) ? random.between(1, 4) : 0;
  const first = drawAct(random, true);
  const later = Array.from({ length: more }, () => drawAct(random, false));
  const slower = drawSlowdown(random.fork('slowdown'), first);
  return { modelActs: [first, ...later, ...slower].sort((a, b) => a.step - b.step) };
};

import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { modelNumbered } from '../load/models.ts';
import type { Plan } from '../load/plan.ts';

/** The models of a run, and which of them is active. */
export class Deployment {
  readonly #models: readonly ScoringModel[];
  readonly #steps: readonly number[];
  #active = 0;

  /** Called when a model is activated; workers that start from then on have it. */
  onActivated: () => void = () => {};

  constructor({ family, activations }: Plan) {
    const numbers = [1, 2, 3].slice(0, activations.length + 1);
    this.#models = numbers.map((number) => modelNumbered(family, number));
    this.#steps = activations;
  }

  get active(): ScoringModel {
    return this.#models[this.#active] as ScoringModel;
  }

  get models(): ReadonlyMap<string, ScoringModel> {
    return new Map(this.#models.map((model) => [model.version, model]));
  }

  /** Activates the next model at its step. */
  at(step: number): void {
    if (step === this.#steps[this.#active]) this.activateNext();
  }

  /** Activates the next model. @returns whether there was one */
  activateNext(): boolean {
    if (this.#active + 1 >= this.#models.length) return false;
    this.#active++;
    this.onActivated();
    return true;
  }
}

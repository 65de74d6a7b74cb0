import type { ScoringModel } from '../../../shared/scoring/index.ts';
import type { ModelAct } from '../load/model-plan.ts';
import { modelNumbered } from '../load/models.ts';
import type { Plan } from '../load/plan.ts';

const numbers = [1, 2, 3];

/** The models of a run: the one that is deployed, and those that are activated later, each at its step. */
export class Deployment {
  readonly #acts: ModelAct[];
  readonly #byNumber: ReadonlyMap<number, ScoringModel>;

  /** Called when the time of an act has come. */
  onAct: (act: ModelAct) => void = () => {};

  constructor({ family, modelActs }: Plan) {
    this.#acts = [...modelActs];
    const used = modelActs.length === 0 ? [1] : numbers;
    this.#byNumber = new Map(used.map((number) => [number, modelNumbered(family, number)]));
  }

  /** The model that was deployed with the functions. */
  get deployed(): ScoringModel {
    return this.numbered(1);
  }

  get models(): ReadonlyMap<string, ScoringModel> {
    return new Map([...this.#byNumber.values()].map((model) => [model.version, model]));
  }

  numbered(number: number): ScoringModel {
    return this.#byNumber.get(number) as ScoringModel;
  }

  /** Begins the acts of a step. */
  at(step: number): void {
    while (this.#acts.length > 0 && (this.#acts[0]?.step ?? 0) <= step) this.#begin();
  }

  /** Begins the acts whose steps didn't come. */
  finish(): void {
    while (this.#acts.length > 0) this.#begin();
  }

  #begin(): void {
    const act = this.#acts.shift();
    if (act !== undefined) this.onAct(act);
  }
}

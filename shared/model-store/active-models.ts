import type { ActivationActions } from '../../events/index.ts';
import type { ScoringModel } from '../scoring/index.ts';

/** The models by which leads are judged. */
export interface ModelsInUse {
  readonly active: ScoringModel;
  /** The revision of the history by which it became active. */
  readonly revision: number;
  /** The instant at which it became active: UTC, ISO 8601. */
  readonly activatedAt: string;
  /** Whether its activation starts and stops what follows from it. */
  readonly actions: ActivationActions;
  /** Scored beside the active model. */
  readonly shadow?: ScoringModel;
}

/** The time in milliseconds after which functions read again which model is active. */
export const refreshMs = 30_000;

/** Reads which models are in use, and remembers it for a while. */
export interface ActiveModels {
  /** Returns the models as they were at most `refreshMs` ago. The deployed model becomes the first one of an empty table. */
  current(): Promise<ModelsInUse>;
  /**
   * Returns the models as they were at most a second ago: for those who ask which are in use, and for a
   * lead that a model has judged which isn't in use here.
   */
  refreshed(): Promise<ModelsInUse>;
  /** Returns the models as they are if another one is known to be active: a request names a model that may be newer. */
  refreshedFor(version: string): Promise<ModelsInUse>;
}

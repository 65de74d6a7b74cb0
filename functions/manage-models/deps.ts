import type { ModelRegistry } from '../../shared/model-store/index.ts';
import type { RescoringAdmin } from './rescoring-admin.ts';

export interface ManageModelsDeps {
  readonly registry: ModelRegistry;
  readonly rescoring: RescoringAdmin;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

import type { FunnelCounterProps } from '../../shared/funnel-counts/index.ts';
import type { Wait } from '../../shared/retry/index.ts';

export interface RecountDeps extends FunnelCounterProps {
  readonly wait: Wait;
  /** The parts of the table that are read side by side. @default 4 */
  readonly segments?: number;
  /** The time after which a run reads nothing more, in milliseconds. */
  readonly budgetMs?: number;
  /** The most items of one page. @default - 1 MB of them */
  readonly pageSize?: number;
}

import type { Bus } from '../../shared/bus/index.ts';
import type { QuarantineAdmin } from '../../shared/quarantine/index.ts';
import type { Requests } from '../../shared/requests/index.ts';

export interface QuarantineDeps {
  readonly quarantine: Pick<QuarantineAdmin, 'readPage' | 'read' | 'note'>;
  readonly requests: Requests;
  readonly bus: Bus;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

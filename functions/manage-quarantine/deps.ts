import type { BucketReader } from '../../shared/anchors/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import type { ClockProgress, ReadDueItems } from '../../shared/clock/index.ts';
import type { MessageCount } from '../../shared/dead-letters/index.ts';
import type { DeliveriesOverview } from '../../shared/deliveries/index.ts';
import type { RescoringJob } from '../../shared/model-store/index.ts';
import type { OpenCount, QuarantineAdmin } from '../../shared/quarantine/index.ts';
import type { Requests } from '../../shared/requests/index.ts';
import type { SourceStatus } from '../../shared/source-status/index.ts';
import type { HealthDocuments } from './health-documents.ts';

export interface QuarantineDeps {
  readonly quarantine: Pick<QuarantineAdmin, 'readPage' | 'read' | 'note'>;
  readonly requests: Requests;
  readonly bus: Bus;
  readonly health: HealthDeps;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The sources from which the health of a deployment is read. */
export interface HealthDeps {
  readonly documents: HealthDocuments;
  readonly clock: { readonly progress: Pick<ClockProgress, 'load'>; readonly readDueItems: ReadDueItems };
  readonly countOpen: (most: number) => Promise<OpenCount>;
  /** Lists the queues of what was given up: their names on AWS, by the names in the outputs of the stack without `Url`. */
  readonly listQueues: () => Readonly<Record<string, string>>;
  readonly countMessages: (queue: string) => Promise<MessageCount>;
  readonly readSources: () => Promise<readonly SourceStatus[]>;
  readonly deliveries: DeliveriesOverview;
  readonly anchors: BucketReader;
  /** Reads the last rescoring; undefined if there was none. */
  readonly readRescoring: () => Promise<RescoringJob | undefined>;
}

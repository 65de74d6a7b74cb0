import type { Rescorings } from '../../shared/rescoring/index.ts';
import type { SendDelayed } from './queues.ts';
import type { ReadLeadPage } from './stale-leads.ts';

export interface RescoreLeadsDeps {
  readonly rescorings: Rescorings;
  readonly readPage: ReadLeadPage;
  /** Sends to the queue of `score-leads`. */
  readonly sendToScoring: SendDelayed;
  /** Sends to this function. */
  readonly sendToSelf: SendDelayed;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

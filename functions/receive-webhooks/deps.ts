import type { Intake } from '../../shared/intake/index.ts';
import type { Secrets } from '../../shared/secrets/index.ts';
import type { SourceNotes } from '../../shared/source-status/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import type { TakenRequests } from './taken-requests.ts';

export interface WebhookDeps {
  /** The sources that send webhooks, by name. */
  readonly sources: ReadonlyMap<string, WebhookSource>;
  /** The public URL of the door, to which `/hooks/<source>` is appended. */
  readonly hooksUrl: string;
  readonly secrets: Secrets;
  readonly intake: Intake;
  readonly taken: TakenRequests;
  readonly notes: SourceNotes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

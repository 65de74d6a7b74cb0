import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActiveModels } from '../../shared/model-store/index.ts';
import type { Requests } from '../../shared/requests/index.ts';

export interface QueryDeps {
  readonly client: DynamoDBClient;
  readonly leadsTable: string;
  /** The table of identities, of which only the pairs of leads are read. */
  readonly identitiesTable: string;
  readonly requests: Pick<Requests, 'readCursorSecret'>;
  /** The models in use. The deployed one counts as active as long as none is. */
  readonly models: ActiveModels;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

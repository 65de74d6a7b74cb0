import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Requests } from '../../shared/requests/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';

export interface QueryDeps {
  readonly client: DynamoDBClient;
  readonly leadsTable: string;
  readonly requests: Pick<Requests, 'readCursorSecret'>;
  /** The model that was deployed with the function. */
  readonly model: ScoringModel;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface HandOffDeps {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

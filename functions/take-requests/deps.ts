import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { BucketReader } from '../../shared/anchors/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import type { Requests } from '../../shared/requests/index.ts';

export interface RequestDeps {
  readonly client: DynamoDBClient;
  readonly leadsTable: string;
  readonly requests: Requests;
  readonly bus: Bus;
  /** The bucket of anchors, by which ledgers are proven. */
  readonly anchors: BucketReader;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Returns an id that was never given before. */
  readonly newId: () => string;
}

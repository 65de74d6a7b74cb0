import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { HttpSender } from '../../../shared/deliveries/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import type { Store } from '../services/database.ts';

/** Everything that a function can reach in the world. */
export interface Ports {
  readonly database: DynamoDBClient;
  readonly tables: Store['tables'];
  readonly bus: EventBridgeClient;
  /** Sends messages to the queues, whose URLs are their names. */
  readonly sqs: SQSClient;
  /** Returns whether a partition of the index by due time has ever had an item. */
  readonly isEverDue: (dueKey: string) => boolean;
  readonly wait: (ms: number) => Promise<void>;
  /** Returns the virtual time in milliseconds since 1970. */
  readonly now: () => number;
  /** Sends deliveries to targets. */
  readonly http: HttpSender;
  /** The policy if two leads share an identifier. */
  readonly whenTwoMeet: 'suggest' | 'merge';
  /** The model that was deployed with the functions. */
  readonly deployed: ScoringModel;
}

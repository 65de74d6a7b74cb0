import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface CheckDriftDeps {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Draws a number from 0 up to, but not including, 1. */
  readonly random: () => number;
  /** The leads that a run reads, about. @default 20,000 */
  readonly sampleSize?: number;
  /** The most leads whose ledger a run reads. @default 2,000 */
  readonly mostLedgers?: number;
  /** The time after which a run reads nothing more, in milliseconds. @default 8 minutes */
  readonly budgetMs?: number;
}

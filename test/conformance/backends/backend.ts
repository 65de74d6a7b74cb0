import type { Deploy } from '../behaviour.ts';
import type { Database } from './database.ts';

export interface Backend {
  /** With its version. */
  readonly name: string;
  readonly database: Database;
  /** Absent where there is nothing but DynamoDB. */
  readonly deploy?: Deploy;
  readonly stop: () => Promise<void>;
}

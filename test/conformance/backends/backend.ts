import type { Deploy } from '../behaviour.ts';
import type { Database } from './database.ts';

export interface Backend {
  /** The name with its version. */
  readonly name: string;
  readonly database: Database;
  /** Left out if the back end has only DynamoDB. */
  readonly deploy?: Deploy;
  readonly stop: () => Promise<void>;
}

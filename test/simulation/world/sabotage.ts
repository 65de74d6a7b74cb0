import type { PutEntry } from '../services/bus.ts';
import type { Store } from '../services/database.ts';
import type { FunctionName } from './functions.ts';

type Execute = Store['execute'];

/**
 * Removes a safeguard at a port of the product: in its commands to the tables, its events for the bus or its answers.
 * This shows that the checks find it missing.
 */
export interface Sabotage {
  /** Executes a command between the product and the tables. */
  readonly execute?: (command: Parameters<Execute>[0], next: Execute) => ReturnType<Execute>;
  /** Called with each message that `advance-leads` sends. */
  readonly message?: (body: string) => void;
  readonly entry?: (entry: PutEntry) => PutEntry;
  readonly answer?: (functionName: FunctionName, answer: unknown) => unknown;
}

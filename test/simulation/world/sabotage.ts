import type { PutEntry } from '../services/bus.ts';
import type { Store } from '../services/database.ts';
import type { FunctionName } from './functions.ts';

type Execute = Store['execute'];

/**
 * Takes a safeguard away at a port of the product: in what it asks of the tables, puts on the bus or answers. So it can
 * be shown that the checks would find it missing.
 */
export interface Sabotage {
  /** Stands between the product and the tables. */
  readonly execute?: (command: Parameters<Execute>[0], next: Execute) => ReturnType<Execute>;
  readonly entry?: (entry: PutEntry) => PutEntry;
  readonly answer?: (functionName: FunctionName, answer: unknown) => unknown;
}

import type { TableProps } from '../dynamodb/index.ts';

export interface IdentitiesProps extends TableProps {
  /** The table of leads, of whose states the status is read. */
  readonly leadsTable: string;
  /** Loads the identity key, which never changes: another key would make all identifiers unknown. */
  readonly key: () => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

import type { Item } from '../../../../shared/dynamodb/index.ts';
import { notFound } from './errors.ts';
import type { Table, TableKey } from './table.ts';

/** One item written, as a stream shows it. */
export interface Change {
  readonly table: string;
  readonly key: TableKey;
  readonly before?: Item | undefined;
  readonly after?: Item | undefined;
}

/** The state and settings that all executors of commands share. */
export interface Database {
  readonly tables: ReadonlyMap<string, Table>;
  /** Returns the most items that a page of a query or scan may hold. */
  readonly pageItems: (read: 'query' | 'scan') => number;
  /** Whether an eventually consistent read sees an item as it was before its last write. */
  readonly isStale: () => boolean;
  readonly onChange: (change: Change) => void;
}

export const findTable = ({ tables }: Database, name: string | undefined): Table => {
  const table = tables.get(name ?? '');
  if (table === undefined) throw notFound(`the table ${name}`);
  return table;
};

import { DatabaseSync } from 'node:sqlite';

/** The only version whose file layout is known. */
const indexedVersion = '1.2.1';

const indexes = [
  `CREATE INDEX IF NOT EXISTS sluice_stream_number
     ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`,
  `CREATE INDEX IF NOT EXISTS sluice_stream_shard
     ON _stream_records (table_name, shard_id, sequence_number)`,
];

/**
 * Adds the indexes that dynoxide 1.2.1 lacks to its stream records.
 *
 * The engine numbers each new record by `MAX(CAST(sequence_number AS INTEGER))` over all records of the table. Without
 * an index that is a full scan under the write lock: transactions fall from 850 to 150 a second within 6,000 records.
 * With it they stay at 1,000 and more. Any other version is left alone: it may not have the flaw, and its file layout
 * is unknown.
 */
export const indexStreamRecords = (databaseFile: string, engineVersion: string): boolean => {
  if (engineVersion !== indexedVersion) return false;
  const database = new DatabaseSync(databaseFile, { timeout: 5_000 });
  try {
    for (const index of indexes) database.exec(index);
  } finally {
    database.close();
  }
  return true;
};

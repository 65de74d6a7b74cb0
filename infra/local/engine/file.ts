import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { purgeFile } from '../data/purge.ts';
import { withDatabase } from '../data/with-database.ts';

/** The only version whose file layout is known. */
const knownVersion = '1.2.1';

const timeoutMs = 5_000;

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
export const indexStreamRecords = (file: string, engineVersion: string): boolean => {
  if (engineVersion !== knownVersion) return false;
  withDatabase(file, timeoutMs, (database) => {
    for (const index of indexes) database.exec(index);
  });
  return true;
};

/**
 * Deletes the stream records of a shard up to a number. The engine deletes none by itself, and numbers the next one by
 * those that are there; so the newest one stays, without contents and as one that changed nothing.
 */
const trimShard = (database: DatabaseSync, shard: string, through: number): void => {
  const newest = database.prepare('SELECT MAX(id) AS id FROM _stream_records WHERE shard_id = ?').get(shard);
  const id = Number(newest?.id ?? 0);
  const passed = 'shard_id = ? AND CAST(sequence_number AS INTEGER) <= ?';
  database.prepare(`DELETE FROM _stream_records WHERE ${passed} AND id <> ?`).run(shard, through, id);
  const empty = `event_name = 'MODIFY', new_image = '{}', old_image = '{}'`;
  database.prepare(`UPDATE _stream_records SET ${empty} WHERE ${passed} AND id = ?`).run(shard, through, id);
};

/**
 * Removes from the engine's file the stream records that are processed, and all that was deleted or replaced.
 *
 * @param processed the sequence number up to which all readers of a shard have processed it
 */
export const purgeTables = (
  file: string,
  engineVersion: string,
  processed: ReadonlyMap<string, number>,
): void =>
  withDatabase(file, timeoutMs, (database) => {
    if (engineVersion === knownVersion)
      for (const [shard, through] of processed) trimShard(database, shard, through);
    purgeFile(database, dirname(file));
  });

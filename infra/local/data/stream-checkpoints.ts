import type { DatabaseSync } from 'node:sqlite';
import { stackFile } from './data-files.ts';
import type { Write } from './guarded-write.ts';

/** The positions up to which one mapping has processed the shards of a stream. */
export interface Checkpoints {
  /** Returns the sequence number of the last record of a shard that is processed together with all before it. */
  readonly of: (shardId: string) => string | undefined;
  readonly save: (shardId: string, sequenceNumber: string) => void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS checkpoints (
    mapping TEXT NOT NULL,
    stream TEXT NOT NULL,
    shard TEXT NOT NULL,
    sequence TEXT NOT NULL,
    PRIMARY KEY (mapping, stream, shard)
  ) STRICT`;

/** Returns the checkpoints of a mapping on a stream, by the engine's name of the stream: a new table begins anew. */
export const streamCheckpoints = (
  database: DatabaseSync,
  write: Write,
): ((mapping: string, stream: string) => Checkpoints) => {
  database.exec(schema);
  const where = 'WHERE mapping = ? AND stream = ? AND shard = ?';
  const select = database.prepare(`SELECT sequence FROM checkpoints ${where}`);
  const upsert = database.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)');
  return (mapping, stream) => ({
    of: (shardId) => select.get(mapping, stream, shardId)?.sequence as string | undefined,
    save: (shardId, sequence) => write(stackFile, () => upsert.run(mapping, stream, shardId, sequence)),
  });
};

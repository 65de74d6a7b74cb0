import type { DatabaseSync } from 'node:sqlite';

/** How far the shards of a stream were worked off, for one mapping. */
export interface Checkpoints {
  /** The sequence number of the last record that is done with, as are all before it. */
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

/** @returns the checkpoints of a mapping on a stream, by what the engine calls it: a table made anew begins anew */
export const streamCheckpoints = (
  database: DatabaseSync,
): ((mapping: string, stream: string) => Checkpoints) => {
  database.exec(schema);
  const where = 'WHERE mapping = ? AND stream = ? AND shard = ?';
  const select = database.prepare(`SELECT sequence FROM checkpoints ${where}`);
  const upsert = database.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)');
  return (mapping, stream) => ({
    of: (shardId) => select.get(mapping, stream, shardId)?.sequence as string | undefined,
    save: (shardId, sequence) => void upsert.run(mapping, stream, shardId, sequence),
  });
};

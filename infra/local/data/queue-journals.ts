import type { DatabaseSync } from 'node:sqlite';
import type { Message, QueueJournal } from '../queue.ts';
import { stackFile } from './data-files.ts';
import type { Write } from './guarded-write.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    message TEXT NOT NULL,
    UNIQUE (queue, id)
  ) STRICT`;

/** Stores the messages of queues in a database. Receive counts are not stored: they begin again at each start. */
export const queueJournals = (database: DatabaseSync, write: Write): ((queue: string) => QueueJournal) => {
  database.exec(schema);
  const select = database.prepare('SELECT message FROM messages WHERE queue = ? ORDER BY number');
  const insert = database.prepare('INSERT OR IGNORE INTO messages (queue, id, message) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM messages WHERE queue = ? AND id = ?');
  return (queue) => ({
    messages: () => select.all(queue).map(({ message }) => JSON.parse(String(message)) as Message),
    add: (message) => write(stackFile, () => insert.run(queue, message.messageId, JSON.stringify(message))),
    remove: (messageId) => write(stackFile, () => remove.run(queue, messageId)),
  });
};

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../../infra/local/data/data-folder.ts';
import { queueJournals } from '../../../infra/local/data/queue-journals.ts';
import { streamCheckpoints } from '../../../infra/local/data/stream-checkpoints.ts';
import { Queue } from '../../../infra/local/queue.ts';
import { StreamProgress } from '../../../infra/local/stream-progress.ts';

const setUp = () => {
  const parent = mkdtempSync(join(tmpdir(), 'sluice-data-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, 'data', 'here');
  const open = () => {
    const opened = openDataFolder(folder);
    let isOpen = true;
    const close = () => {
      if (isOpen) opened.close();
      isOpen = false;
    };
    onTestFinished(close);
    return { ...opened, close };
  };
  return { parent, folder, open };
};

describe('a data folder', () => {
  it('is only accessible to its owner, and used by one stack at a time', () => {
    const { folder, open } = setUp();
    const first = open();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(open).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_TAKEN',
        message: `the data folder ${folder} is in use by another stack; stop that one, or choose another folder`,
      }),
    );
    first.close();
    open();
  });

  it('is restricted to its owner if it is empty or of an earlier start, with its files', () => {
    const { folder, open } = setUp();
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    open().close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    chmodSync(folder, 0o755);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    open();
    const modes = ['.', ...readdirSync(folder)].map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o700, 0o600]));
  });

  it('is removed, with the folders around it that were made, if the start that made it fails', () => {
    const { parent, open } = setUp();
    const { close, discard } = open();
    close();
    discard();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('loses nothing of an earlier start or of somebody else if a start fails', () => {
    const { folder, open } = setUp();
    const first = open();
    first.close();
    writeFileSync(join(folder, 'tables.db'), 'tables');
    const second = open();
    second.close();
    second.discard();
    expect(readdirSync(folder).toSorted()).toEqual(['stack.db', 'tables.db']);
    writeFileSync(join(folder, 'letter.txt'), '');
    first.discard();
    expect(readdirSync(folder)).toEqual(['letter.txt']);
  });

  it('is refused and left as it is if others may enter it and it has other files', () => {
    const { folder, open } = setUp();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'letter.txt'), '');
    expect(open).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_UNUSABLE',
        message:
          `the data folder ${folder} can't be used: others may enter it (its mode is 755, allowed is 700) and it has ` +
          'other files, such as "letter.txt"; choose an empty folder',
      }),
    );
    expect([statSync(folder).mode & 0o777, readdirSync(folder)]).toEqual([0o755, ['letter.txt']]);
    chmodSync(folder, 0o700);
    open();
  });

  it('is refused with the reason if it can not be used', () => {
    const { parent } = setUp();
    const file = join(parent, 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(file)).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE', message: expect.stringContaining(file) }),
    );
  });

  const advice =
    'if its disk has room and allows writes, restore the folder from a copy or choose another one';

  it('is refused if its database is none, and can be opened once it is replaced', () => {
    const { folder, open } = setUp();
    open().close();
    writeFileSync(join(folder, 'stack.db'), 'no database'.repeat(1_000));
    expect(open).toThrow(
      `the data folder ${folder} can't be used (stack.db: file is not a database); ${advice}`,
    );
    rmSync(join(folder, 'stack.db'));
    open();
  });

  it('is refused if its database is missing beside the tables, since it would be made anew', () => {
    const { folder, open } = setUp();
    open().close();
    writeFileSync(join(folder, 'tables.db'), 'tables');
    rmSync(join(folder, 'stack.db'));
    const refusal = `the data folder ${folder} can't be used (stack.db: it is missing); ${advice}`;
    expect(open).toThrow(refusal);
    expect(open).toThrow(refusal);
  });

  it('is refused if its tables are missing beside their log, which would be lost', () => {
    const { folder, open } = setUp();
    open().close();
    rmSync(join(folder, 'tables.db'));
    writeFileSync(join(folder, 'tables.db-wal'), 'log');
    expect(open).toThrow(`the data folder ${folder} can't be used (tables.db: it is missing); ${advice}`);
    expect(readdirSync(folder)).not.toContain('tables.db');
  });

  it('notes that it had tables', () => {
    const { open } = setUp();
    const first = open();
    first.close();
    const second = open();
    second.noteTables();
    second.close();
    expect([first, second, open()].map(({ hadTables }) => hadTables)).toEqual([false, false, true]);
  });

  it('refuses writes after it was removed, which nobody would read', () => {
    const { folder, open } = setUp();
    const { write, isPresent } = open();
    write('stack.db', () => {});
    rmSync(folder, { recursive: true });
    expect(isPresent()).toBe(false);
    const refusal = `the data folder ${folder} was removed or replaced while the stack used it`;
    expect(() => write('stack.db', () => {})).toThrow(refusal);
    mkdirSync(folder);
    writeFileSync(join(folder, 'stack.db'), '');
    expect(() => write('stack.db', () => {})).toThrow(refusal);
  });
});

const openQueues = ({ open }: ReturnType<typeof setUp>) => {
  const { database, write, close } = open();
  const journalOf = queueJournals(database, write);
  const make = (name: string, extra: object = {}) =>
    new Queue({ name, arn: name, visibilityTimeoutMs: 1_000, journal: journalOf(name), ...extra });
  const deadLetters = make('dead');
  return {
    work: make('work', { redrive: { maxReceiveCount: 1, deadLetters } }),
    deadLetters,
    database,
    close,
  };
};
const bodies = (queue: Queue) => queue.receive(10, Infinity, 5_000).map(({ body }) => body);

describe('a queue with a journal', () => {
  it('has its messages again in another process, received or not, in their order', () => {
    const folder = setUp();
    const first = openQueues(folder);
    const attributes = { why: { DataType: 'String', StringValue: 'test' } };
    const id = first.work.send('a', 0, attributes);
    for (const body of ['b', 'c']) first.work.send(body, 0);
    first.work.receive(1, Infinity, 0);
    first.close();
    const again = openQueues(folder);
    expect(again.work.messages()[0]).toMatchObject({ messageId: id, body: 'a', sentAt: 0, attributes });
    expect(bodies(again.work)).toEqual(['a', 'b', 'c']);
  });

  it('has neither deleted messages nor, in the old queue, those that became dead letters', () => {
    const folder = setUp();
    const first = openQueues(folder);
    first.work.send('poison', 0);
    first.work.receive(1, Infinity, 0);
    expect(first.work.receive(1, Infinity, 2_000)).toEqual([]);
    first.work.send('done', 2_000);
    first.work.delete(first.work.receive(1, Infinity, 2_000)[0]?.receiptHandle ?? '');
    first.close();
    const again = openQueues(folder);
    expect([bodies(again.work), bodies(again.deadLetters)]).toEqual([[], ['poison']]);
  });
});

describe('a queue whose journal is full', () => {
  it('refuses a message, and keeps those that it can neither delete nor move', () => {
    const folder = setUp();
    const first = openQueues(folder);
    const id = first.work.send('a', 0);
    const receiptHandle = first.work.receive(1, Infinity, 0)[0]?.receiptHandle ?? '';
    const { page_count } = first.database.prepare('PRAGMA page_count').get() ?? {};
    first.database.exec(`PRAGMA max_page_count = ${page_count}`);
    const full = expect.objectContaining({
      code: 'STORAGE_FAILED',
      message:
        `the data folder ${folder.folder} can't be written (stack.db: database or disk is full); ` +
        'make room on its disk, or allow writes',
    });
    expect(() => first.work.send('x'.repeat(10_000), 0)).toThrow(full);
    expect(first.work.messages().map(({ messageId }) => messageId)).toEqual([id]);
    first.database.exec('PRAGMA query_only = true');
    expect(() => first.work.delete(receiptHandle)).toThrow('attempt to write a readonly database');
    first.close();
    const again = openQueues(folder);
    expect(bodies(again.work)).toEqual(['a']);
  });
});

describe('the progress in a stream', () => {
  it('passes a record only when all before it are finished', () => {
    const saved: string[] = [];
    const progress = new StreamProgress((number) => saved.push(number));
    progress.read(['1', '2', '3', '4']);
    progress.finish(['2', '4']);
    expect(saved).toEqual([]);
    progress.finish(['1']);
    expect(saved).toEqual(['2']);
    progress.read(['5']);
    progress.finish(['5']);
    progress.finish(['3']);
    expect(saved).toEqual(['2', '5']);
  });

  it('is stored by mapping, stream and shard', () => {
    const folder = setUp();
    const first = folder.open();
    streamCheckpoints(first.database, first.write)('M', 'stream').save('shard', '6');
    streamCheckpoints(first.database, first.write)('M', 'stream').save('shard', '7');
    first.close();
    const second = folder.open();
    const of = streamCheckpoints(second.database, second.write);
    expect(of('M', 'stream').of('shard')).toBe('7');
    expect([of('N', 'stream').of('shard'), of('M', 'new').of('shard'), of('M', 'stream').of('x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

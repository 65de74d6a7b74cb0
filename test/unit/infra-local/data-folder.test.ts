import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { Queue } from '../../../infra/local/queue.ts';
import { queueJournals } from '../../../infra/local/queue-journals.ts';
import { streamCheckpoints } from '../../../infra/local/stream-checkpoints.ts';
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
});

describe('a queue with a journal', () => {
  const openQueues = ({ open }: ReturnType<typeof setUp>) => {
    const { database, close } = open();
    const journalOf = queueJournals(database);
    const make = (name: string, extra: object = {}) =>
      new Queue({ name, arn: name, visibilityTimeoutMs: 1_000, journal: journalOf(name), ...extra });
    const deadLetters = make('dead');
    return { work: make('work', { redrive: { maxReceiveCount: 1, deadLetters } }), deadLetters, close };
  };
  const bodies = (queue: Queue) => queue.receive(10, Infinity, 5_000).map(({ body }) => body);

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
    streamCheckpoints(first.database)('M', 'stream').save('shard', '6');
    streamCheckpoints(first.database)('M', 'stream').save('shard', '7');
    first.close();
    const of = streamCheckpoints(folder.open().database);
    expect(of('M', 'stream').of('shard')).toBe('7');
    expect([of('N', 'stream').of('shard'), of('M', 'new').of('shard'), of('M', 'stream').of('x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

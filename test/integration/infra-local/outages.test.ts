import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LocalStack } from '../../../infra/local/stack.ts';
import { below, findEngine, isEngine, listProcesses } from '../../soak/stack/processes.ts';
import { publishItems, storeEvents } from './handlers.ts';
import { announcedKeys, entry, run } from './run.ts';
import { getAtt, imported, lambda, mapping, queue, rule } from './template.ts';

const deadLetters = { RedrivePolicy: { deadLetterTargetArn: getAtt('Dead', 'Arn'), maxReceiveCount: 2 } };

const resources = {
  Dead: queue(),
  Given: queue(),
  Inbound: queue(deadLetters),
  Announced: queue(),
  Anchors: { Type: 'AWS::S3::Bucket' },
  InboundRule: rule({ source: ['web'] }, 'Inbound'),
  AnnouncedRule: rule({ source: ['sluice'] }, 'Announced'),
  Store: lambda('store', { Environment: { Variables: { TABLE: imported('Stateful:Table') } } }),
  Publish: lambda('publish', { Environment: { Variables: { BUS: imported('Stateful:Bus') } } }),
  StoreMapping: mapping('Store', getAtt('Inbound', 'Arn'), {
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  PublishMapping: mapping('Publish', imported('Stateful:Stream'), {
    StartingPosition: 'TRIM_HORIZON',
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: getAtt('Given', 'Arn') } },
  }),
};

/** Returns a handler that throws while a file exists. */
const failingWhile = (file: string, handler: string): string => `
  import { existsSync } from 'node:fs';
  ${handler.replace('export const handler', 'const work')}
  export const handler = async (event) => {
    if (existsSync(${JSON.stringify(file)})) throw new Error('not now');
    return work(event);
  };`;

const setUp = () => {
  const parent = mkdtempSync(join(tmpdir(), 'sluice-outage-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const dataFolder = join(parent, 'data');
  const trouble = join(parent, 'trouble');
  const handlers = { store: storeEvents, publish: failingWhile(trouble, publishItems) };
  const start = () => run(resources, handlers, { dataFolder, retryDelayMs: 1 });
  return { dataFolder, trouble, start };
};

const put = (stack: LocalStack, from: number, count: number): void => {
  for (let lead = from; lead < from + count; lead += 10) {
    const entries = Array.from({ length: 10 }, (_, index) => entry({ lead: lead + index, number: 1 }));
    expect(stack.putEvents(entries).FailedEntryCount).toBe(0);
  }
};

const config = { region: 'eu-west-1', credentials: { accessKeyId: 'someone', secretAccessKey: 'else' } };

const countItems = async ({ endpoint, tables }: LocalStack) => {
  const database = new DynamoDBClient({ ...config, endpoint });
  const { Count } = await database.send(new ScanCommand({ TableName: tables.Leads }));
  database.destroy();
  return Count;
};

const untilFailed = async ({ failed }: LocalStack): Promise<Error> => {
  if (!failed.aborted) await once(failed, 'abort');
  return failed.reason;
};

/** Expects that a stack accepts nothing more, and can still be closed. */
const expectEnded = async (stack: LocalStack): Promise<void> => {
  const { reason } = stack.failed;
  expect(reason.message).not.toContain('\n');
  expect(() => stack.putEvents([entry({ lead: 0 })])).toThrow(reason);
  await expect(stack.idle()).rejects.toBe(reason);
  await stack.close();
  await expect(fetch(stack.endpoint)).rejects.toThrow();
};

/** Expects that a stack has worked off this many leads, each once announced, and has given up nothing. */
const expectAll = async (stack: LocalStack, leads: number): Promise<void> => {
  await stack.idle();
  expect(await countItems(stack)).toBe(leads);
  expect(new Set(announcedKeys(stack)).size).toBe(leads);
  expect(stack.queues()).toMatchObject({ Dead: { visible: 0 }, Given: { visible: 0 } });
};

describe('a stack with a data folder', () => {
  it('ends when its engine is killed, and works off all that it accepted when it is started again', async () => {
    const { start, dataFolder } = setUp();
    const stack = await start();
    put(stack, 0, 10);
    await stack.idle();
    put(stack, 10, 200);
    process.kill((await findEngine(dataFolder))?.pid ?? 0, 'SIGKILL');
    expect(await untilFailed(stack)).toMatchObject({
      code: 'ENGINE_STOPPED',
      message: expect.stringMatching(
        /^the local stack has ended: the DynamoDB engine .*; start it again: all that was accepted is stored in /,
      ),
    });
    await expectEnded(stack);
    await expectAll(await start(), 210);
  });

  it('gives nothing up while its tables can not be written, neither messages nor records of a stream', async () => {
    const { start, dataFolder, trouble } = setUp();
    const stack = await start();
    put(stack, 0, 10);
    await stack.idle();
    writeFileSync(trouble, '');
    const tables = join(dataFolder, 'tables.db');
    renameSync(tables, `${tables}.away`);
    put(stack, 10, 10);
    expect(await untilFailed(stack)).toMatchObject({
      code: 'STORAGE_FAILED',
      message:
        `the local stack has ended: the tables in ${tables} can't be written (unable to open database file); ` +
        `make room on its disk, or allow writes; start it again: all that was accepted is stored in ${dataFolder}`,
    });
    await expectEnded(stack);
    renameSync(`${tables}.away`, tables);
    rmSync(trouble);
    await expectAll(await start(), 20);
  });

  it('ends when its folder is removed, rather than accept what nobody will find', async () => {
    const { start, dataFolder } = setUp();
    const stack = await start();
    rmSync(dataFolder, { recursive: true });
    expect(() => put(stack, 0, 10)).toThrow(
      `the data folder ${dataFolder} was removed or replaced while the stack used it`,
    );
    expect((await untilFailed(stack)).message).toContain(
      `; what it stored is lost, unless you have a copy of ${dataFolder}`,
    );
    await expectEnded(stack);
    expect(existsSync(dataFolder)).toBe(false);
  });

  it('ends when an object can not be written', async () => {
    const { start, dataFolder } = setUp();
    const stack = await start();
    const folder = join(dataFolder, 'objects', 'App-Anchors');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    const client = new S3Client({ ...config, endpoint: stack.endpoint, maxAttempts: 1 });
    const sent = client.send(new PutObjectCommand({ Bucket: 'App-Anchors', Key: 'today', Body: 'heads' }));
    await expect(sent).rejects.toThrow();
    client.destroy();
    expect(await untilFailed(stack)).toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(`can't be written (${join(folder, 'today')}: `),
    });
    await expectEnded(stack);
  });

  it('can be closed while its engine does not answer', async () => {
    const { start, dataFolder } = setUp();
    const stack = await start();
    put(stack, 0, 10);
    await stack.idle();
    process.kill((await findEngine(dataFolder))?.pid ?? 0, 'SIGSTOP');
    // Begins to read the streams, and waits for the engine.
    const idle = expect(stack.idle()).rejects.toThrow();
    await setImmediate();
    put(stack, 10, 10);
    await stack.close();
    await idle;
    expect(await findEngine(dataFolder)).toBeUndefined();
    await expectAll(await start(), 20);
  });
});

describe('a stack without a data folder', () => {
  it('says that its data is lost when its engine is killed', async () => {
    const stack = await run(resources, { store: storeEvents, publish: publishItems });
    const engine = below(await listProcesses(), process.pid).find(isEngine);
    process.kill(engine?.pid ?? 0, 'SIGKILL');
    expect(await untilFailed(stack)).toMatchObject({
      code: 'ENGINE_STOPPED',
      message: expect.stringMatching(/; its data was in memory and is lost$/),
    });
    await expectEnded(stack);
  });
});

describe('a damaged data folder', () => {
  const garbage = 'no database '.repeat(2_000);
  /** Moves all that SQLite has in its log into the file itself, and replaces the bytes from one on. */
  const overwriteTables = (folder: string, from: number): void => {
    const file = join(folder, 'tables.db');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    writeFileSync(file, readFileSync(file).fill('x', from));
  };
  const damages: readonly (readonly [string, string, (folder: string) => void])[] = [
    ['tables that are garbage', 'tables.db', (folder) => overwriteTables(folder, 0)],
    ['tables with garbage after their first page', 'tables.db', (folder) => overwriteTables(folder, 4_096)],
    [
      'a folder in place of the tables',
      'tables.db',
      (folder) => {
        rmSync(join(folder, 'tables.db'));
        mkdirSync(join(folder, 'tables.db'));
      },
    ],
    [
      'tables whose log is missing',
      'tables.db',
      (folder) => {
        rmSync(join(folder, 'tables.db-wal'), { force: true });
        rmSync(join(folder, 'tables.db'));
        new DatabaseSync(join(folder, 'tables.db')).exec('PRAGMA journal_mode = WAL');
      },
    ],
    ['no tables', 'tables.db', (folder) => rmSync(join(folder, 'tables.db'))],
    [
      'a runtime database that is garbage',
      'stack.db',
      (folder) => writeFileSync(join(folder, 'stack.db'), garbage),
    ],
    [
      'a message that is garbage',
      'stack.db',
      (folder) => {
        const database = new DatabaseSync(join(folder, 'stack.db'));
        database.exec("INSERT INTO messages (queue, id, message) VALUES ('App-Inbound', 'x', '{')");
        database.close();
      },
    ],
    [
      'a file in place of the objects',
      'objects',
      (folder) => {
        rmSync(join(folder, 'objects'), { recursive: true });
        writeFileSync(join(folder, 'objects'), '');
      },
    ],
  ];

  it.each(damages)('is refused in one line that names the file: %s', async (_, file, damage) => {
    const { start, dataFolder } = setUp();
    const stack = await start();
    put(stack, 0, 10);
    await stack.idle();
    await stack.close();
    damage(dataFolder);
    const error = await start().then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    expect(error?.message).toContain(`the data folder ${dataFolder} can't be used`);
    expect(error?.message).toContain(file);
    expect(error?.message).toContain('restore the folder from a copy or choose another one');
    expect(error?.message).not.toMatch(/\n|DYNAMODB_ENDPOINT/);
  });
});

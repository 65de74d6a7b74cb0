import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type LocalStack, type LocalStackProps, startLocalStack } from '../../../infra/local/stack.ts';
import { publishItems, storeEvents } from './handlers.ts';
import { announcedKeys, details, entry } from './run.ts';
import {
  getAtt,
  imported,
  lambda,
  mapping,
  queue,
  rule,
  stateful,
  type TemplateStack,
  writeAssembly,
} from './template.ts';

const resources = {
  Inbound: queue(),
  Announced: queue(),
  Anchors: { Type: 'AWS::S3::Bucket', Properties: { ObjectLockEnabled: true } },
  InboundRule: rule({ source: ['web'] }, 'Inbound'),
  AnnouncedRule: rule({ source: ['sluice'] }, 'Announced'),
  Store: lambda('store', { Environment: { Variables: { TABLE: imported('Stateful:Table') } } }),
  Publish: lambda('publish', { Environment: { Variables: { BUS: imported('Stateful:Bus') } } }),
  StoreMapping: mapping('Store', getAtt('Inbound', 'Arn'), {
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  PublishMapping: mapping('Publish', imported('Stateful:Stream'), {
    BatchSize: 10,
    StartingPosition: 'TRIM_HORIZON',
    ParallelizationFactor: 2,
    MaximumRecordAgeInSeconds: 3_600,
  }),
};

const source = new URL('../../../infra/local/stack.ts', import.meta.url).href;
const config = { region: 'eu-west-1', credentials: { accessKeyId: 'someone', secretAccessKey: 'else' } };

const setUp = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-kept-'));
  const buildAssembly = (stack: TemplateStack = stateful, store = storeEvents) => {
    const handlers = { store, publish: publishItems };
    const assembly = writeAssembly({ Stateful: stack, App: { resources } }, handlers);
    onTestFinished(() => rmSync(assembly, { recursive: true }));
    return assembly;
  };
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dataFolder = join(folder, 'data');
  const start = async (
    assembly = buildAssembly(),
    props: Partial<LocalStackProps> = {},
  ): Promise<LocalStack> => {
    const stack = await startLocalStack({ assembly, dataFolder, retryDelayMs: 20, ...props });
    onTestFinished(() => stack.close());
    return stack;
  };
  /** Starts the same in another process, to be killed. */
  const startElsewhere = async () => {
    const props = JSON.stringify({ assembly: buildAssembly(), dataFolder, retryDelayMs: 20 });
    const script = `import { startLocalStack } from ${JSON.stringify(source)};
      const stack = await startLocalStack(${props});
      console.log(stack.endpoint);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [endpoint] = (await once(createInterface(child.stdout), 'line')) as [string];
    const kill = async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    };
    return { endpoint, kill };
  };
  return { dataFolder, buildAssembly, start, startElsewhere };
};

const sendLeads = async (endpoint: string, from: number, count: number): Promise<void> => {
  const bus = new EventBridgeClient({ ...config, endpoint });
  for (let lead = from; lead < from + count; lead += 10) {
    const Entries = Array.from({ length: 10 }, (_, index) => entry({ lead: lead + index, number: 1 }));
    const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error(`${FailedEntryCount} entries failed`);
  }
  bus.destroy();
};

const countItems = async ({ endpoint, tables }: LocalStack): Promise<number | undefined> => {
  const database = new DynamoDBClient({ ...config, endpoint });
  const { Count } = await database.send(new ScanCommand({ TableName: tables.Leads }));
  database.destroy();
  return Count;
};

const announced = (stack: LocalStack): Set<string> => new Set(announcedKeys(stack));

describe('kept data', () => {
  it('has all that was accepted, stored or announced before the process was killed, again and again', async () => {
    const { start, startElsewhere } = setUp();
    for (const round of [0, 1, 2]) {
      const { endpoint, kill } = await startElsewhere();
      await sendLeads(endpoint, round * 200, 200);
      await kill();
    }
    const stack = await start();
    await stack.idle();
    expect(await countItems(stack)).toBe(600);
    expect(announced(stack).size).toBe(600);
  });

  it('is used again after a stop, and announces nothing anew that was announced', async () => {
    const { start, dataFolder } = setUp();
    const first = await start();
    await sendLeads(first.endpoint, 0, 50);
    await first.idle();
    const before = details(first, 'Announced');
    await first.close();

    const second = await start();
    await second.idle();
    expect(second.counts().Publish).toEqual({ invocations: 0, errors: 0 });
    expect(details(second, 'Announced')).toEqual(before);
    await sendLeads(second.endpoint, 50, 50);
    await second.idle();
    expect([await countItems(second), announced(second).size]).toEqual([100, 100]);
    await second.close();

    const database = new DatabaseSync(join(dataFolder, 'tables.db'), { readOnly: true });
    const indexes = database.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'sluice_%'").all();
    database.close();
    expect(indexes.map(({ name }) => name)).toEqual(['sluice_stream_number', 'sluice_stream_shard']);
  });

  it('keeps objects as files, those with versions without the right to write', async () => {
    const { start, startElsewhere, dataFolder } = setUp();
    const { endpoint, kill } = await startElsewhere();
    const object = { Bucket: 'App-Anchors', Key: 'heads/2026-03-01.json' };
    await new S3Client({ ...config, endpoint }).send(new PutObjectCommand({ ...object, Body: 'first' }));
    await kill();
    const folder = join(dataFolder, 'objects', 'App-Anchors');
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes).toEqual([0o400]);

    const stack = await start();
    const client = new S3Client({ ...config, endpoint: stack.endpoint });
    const { Body } = await client.send(new GetObjectCommand(object));
    expect(await Body?.transformToString()).toBe('first');
    await expect(
      client.send(new PutObjectCommand({ ...object, Body: 'second', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('is refused to a second process, and to none once the first is killed', async () => {
    const { start, startElsewhere, dataFolder } = setUp();
    const { kill } = await startElsewhere();
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_FOLDER_TAKEN',
      message: `the data folder ${dataFolder} is in use by another stack; stop that one, or choose another folder`,
    });
    await kill();
    await start();
  });

  it('is refused with an engine of somebody else, whose tables it could not keep', async () => {
    const { start, buildAssembly } = setUp();
    const other = { dynamodbEndpoint: 'http://127.0.0.1:9' };
    await expect(start(buildAssembly(), other)).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining('unset DYNAMODB_ENDPOINT'),
    });
    await start();
  });
});

/** Returns the files below a folder that contain a text. */
const findFiles = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(text));

/** A handler that stores data, or empties what it has stored, by what the event says. */
const storeOrErase = `
import DynamoDB from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-dynamodb'))};
const client = new DynamoDB.DynamoDBClient({});
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const { detail } = JSON.parse(body);
    const Item = { pk: { S: 'LEAD#' + detail.lead }, sk: { S: 'STATE' }, ...(detail.words && { words: { S: detail.words } }) };
    await client.send(new DynamoDB.PutItemCommand({ TableName: process.env.TABLE, Item }));
  }
};`;

describe('what was erased', () => {
  const words = 'Nobody else may read this sentence';
  const isErasure: LocalStackProps['isErasure'] = ({ detail }) => detail.erased === true;
  const putAll = async (stack: LocalStack, ...entries: object[]) => {
    for (const given of entries) stack.putEvents([entry(given)]);
    await stack.idle();
  };
  const setUpErasure = () => {
    const { dataFolder, buildAssembly, start } = setUp();
    const assembly = buildAssembly(stateful, storeOrErase);
    return { dataFolder, start: () => start(assembly, { isErasure }) };
  };

  it('is in no file of the folder as soon as the stack is idle again, and no file has lost anything else', async () => {
    const { dataFolder, start } = setUpErasure();
    const stack = await start();
    await putAll(stack, { lead: 1, words }, { lead: 2, words: 'Others may read this one' });
    expect(findFiles(dataFolder, words)).not.toEqual([]);
    await putAll(stack, { lead: 1, erased: true });
    await vi.waitFor(() => expect(findFiles(dataFolder, words)).toEqual([]), 5_000);
    expect(await countItems(stack)).toBe(2);
    expect(findFiles(dataFolder, 'Others may read this one')).not.toEqual([]);

    // Numbers of stream records go on where they were, so that readers miss nothing.
    const before = announced(stack).size;
    await putAll(stack, { lead: 3 });
    await stack.close();
    const next = await start();
    await putAll(next, { lead: 4 });
    expect(announced(next).size).toBe(before + 2);
  });

  it('is in no file after a stop, whether or not an event said so', async () => {
    const { dataFolder, start } = setUpErasure();
    const first = await start();
    await putAll(first, { lead: 1, words }, { lead: 1 });
    await first.close();
    expect(findFiles(dataFolder, words)).toEqual([]);
  });

  it('is removed after a start from files in which an earlier process has left it', async () => {
    const { dataFolder, start } = setUpErasure();
    await (await start()).close();
    for (const name of ['tables.db', 'stack.db']) {
      const database = new DatabaseSync(join(dataFolder, name));
      database.exec('PRAGMA secure_delete = OFF');
      database.exec(
        `CREATE TABLE letters (text TEXT); INSERT INTO letters VALUES ('${words}'); DROP TABLE letters`,
      );
      database.close();
    }
    expect(findFiles(dataFolder, words)).toHaveLength(2);
    await start();
    await vi.waitFor(() => expect(findFiles(dataFolder, words)).toEqual([]), 5_000);
  });
});

/** Returns the stateful stack with changed properties of its table. */
const withTable = (change: (properties: Record<string, unknown[]>) => object): TemplateStack => {
  const { Leads, ...others } = stateful.resources;
  const properties = (Leads?.Properties ?? {}) as Record<string, unknown[]>;
  const changed = { Type: Leads?.Type ?? '', Properties: { ...properties, ...change(properties) } };
  return { ...stateful, resources: { ...others, Leads: changed } };
};

describe('a template that has changed since', () => {
  it('gets the indexes that it has gained, with the items that are there', async () => {
    const { start, buildAssembly } = setUp();
    const first = await start();
    await sendLeads(first.endpoint, 0, 10);
    await first.idle();
    await first.close();
    const index = (IndexName: string, AttributeName: string) => ({
      IndexName,
      KeySchema: [{ AttributeName, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
    const grown = withTable(({ AttributeDefinitions = [], GlobalSecondaryIndexes = [] }) => ({
      AttributeDefinitions: [
        ...AttributeDefinitions,
        { AttributeName: 'detail', AttributeType: 'S' },
        { AttributeName: 'more', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        ...GlobalSecondaryIndexes,
        index('byDetail', 'detail'),
        index('byMore', 'more'),
      ],
    }));
    const second = await start(buildAssembly(grown));
    const database = new DynamoDBClient({ ...config, endpoint: second.endpoint });
    const { Items } = await database.send(
      new QueryCommand({
        TableName: second.tables.Leads,
        IndexName: 'byDetail',
        KeyConditionExpression: 'detail = :detail',
        ExpressionAttributeValues: { ':detail': { S: '{"lead":3,"number":1}' } },
      }),
    );
    expect(Items?.map(({ pk }) => pk)).toEqual([{ S: 'LEAD#3' }]);
    await second.close();
    await (await start(buildAssembly(grown))).close();
  });

  it('is refused where its table has other keys', async () => {
    const { start, buildAssembly } = setUp();
    await (await start()).close();
    const other = withTable(() => ({ KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }));
    await expect(start(buildAssembly(other))).rejects.toMatchObject({
      code: 'TABLE_NOT_CREATED',
      message: expect.stringContaining('choose another data folder'),
    });
  });
});

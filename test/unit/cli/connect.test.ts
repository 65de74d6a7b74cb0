import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect } from '../../../cli/stack/connect.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-outputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

// No region and no configuration of this machine.
beforeEach(() => {
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'no-config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'no-credentials'));
});
afterEach(() => vi.unstubAllEnvs());

const region = { Region: 'eu-central-1' };

const writeOutputsFile = (content: unknown): string => {
  const file = join(folder, 'outputs.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const onAws = (content: unknown, more: object = {}) =>
  connect({ endpoint: 'aws', outputs: writeOutputsFile(content), ...more });

describe('a connection to an account', () => {
  it('takes its names from the outputs of the deployment', async () => {
    const connection = await onAws({
      'Sluice-dev-Stateful': {
        ...region,
        LeadsTableName: 'leads',
        QuarantineTableName: 'quarantine',
        BusName: 'bus',
      },
      'Sluice-dev-Stateless': { ScoreLeadsQueueUrl: 'q' },
    });
    expect(connection).toMatchObject({ leadsTable: 'leads', quarantineTable: 'quarantine', busName: 'bus' });
    expect(connection.output('ScoreLeadsQueueUrl')).toBe('q');
  });

  it('prefers --table and --bus, and needs no file if nothing else is used', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    const outputs = { 'Sluice-dev-Stateful': { LeadsTableName: 'leads', BusName: 'bus' } };
    expect(await onAws(outputs, { table: 'mine', bus: 'own' })).toMatchObject({
      leadsTable: 'mine',
      busName: 'own',
    });
    const bare = await connect({ endpoint: 'aws', table: 'mine', bus: 'own' });
    expect([bare.leadsTable, bare.busName]).toEqual(['mine', 'own']);
  });

  it('reports on first use which name is missing, and what to do', async () => {
    const connection = await onAws({ 'Sluice-dev-Stateful': { ...region, LeadsTableName: 'leads' } });
    expect(connection.leadsTable).toBe('leads');
    expect(() => connection.quarantineTable).toThrow(
      /outputs\.json has no output QuarantineTableName: deploy with `npm run deploy`/,
    );
    expect(() => connection.busName).toThrow('or name it with --bus');
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['a list', [], 'it does not have the outputs of stacks'],
    ['texts', { a: 'b' }, 'it does not have the outputs of stacks'],
  ])('refuses a file of %s', async (_what, content, why) => {
    await expect(onAws(content)).rejects.toThrow(why);
  });

  const two = {
    'Sluice-dev-Stateful': { ...region, BusName: 'a' },
    'Sluice-dev-Stateless': { ScoreLeadsQueueUrl: 'dev' },
    'my-shop-prod-Stateful': { Region: 'us-east-2', BusName: 'b' },
    'my-shop-prod-Stateless': { ScoreLeadsQueueUrl: 'shop' },
  };

  it('refuses a file of several deployments, since none was chosen', async () => {
    await expect(onAws(two)).rejects.toThrow(
      'has the outputs of several deployments: Sluice-dev, my-shop-prod; choose one with --deployment',
    );
  });

  it('takes the deployment that was chosen, and nothing of the others', async () => {
    const connection = await onAws(two, { deployment: 'my-shop-prod' });
    expect([connection.busName, connection.output('ScoreLeadsQueueUrl')]).toEqual(['b', 'shop']);
    expect(await connection.dynamodb.config.region()).toBe('us-east-2');
  });

  it.each(['Sluice-prod', '', 'Sluice', 'Sluice-dev-Stateful'])(
    'refuses a deployment that the file does not have: %j',
    async (deployment) => {
      await expect(onAws(two, { deployment })).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringMatching(/given .*; allowed: those in .*, which are Sluice-dev, my-shop-prod/),
      });
    },
  );

  it('sends its requests to the region of the deployment, whatever the environment says', async () => {
    vi.stubEnv('AWS_REGION', 'us-west-2');
    const outputs = { 'Sluice-dev-Stateful': { ...region, LeadsTableName: 'leads' } };
    const connection = await onAws(outputs);
    expect(await connection.dynamodb.config.region()).toBe('eu-central-1');
    expect(await (await connection.s3()).config.region()).toBe('eu-central-1');
    const older = await onAws({ 'Sluice-dev-Stateful': { LeadsTableName: 'leads' } });
    expect(await older.dynamodb.config.region()).toBe('us-west-2');
  });

  it('says what to do if no region is known, before anything is sent', async () => {
    const outputs = { 'Sluice-dev-Stateful': { LeadsTableName: 'leads' } };
    await expect(onAws(outputs)).rejects.toMatchObject({
      code: 'REGION_MISSING',
      message: expect.stringMatching(
        /no AWS region is known: .*outputs\.json has no output Region.*set AWS_REGION/,
      ),
    });
    await expect(connect({ endpoint: 'aws' })).rejects.toThrow('cdk-outputs.json has no output Region');
  });

  it('refuses a missing file that was named', async () => {
    const missing = connect({ endpoint: 'aws', outputs: join(folder, 'none.json') });
    await expect(missing).rejects.toThrow("none.json can't be read: there is no such file");
  });
});

describe('a connection to a local stack', () => {
  const answering = async <T>(body: string, work: (endpoint: string) => Promise<T>): Promise<T> => {
    const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    try {
      return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
  };

  it('takes its names from the outputs of the stack', async () => {
    const body = JSON.stringify({ name: 'sluice', outputs: { LeadsTableName: 'leads', BusName: 'bus' } });
    await answering(body, async (endpoint) => {
      const connection = await connect({ endpoint });
      expect(connection).toMatchObject({ leadsTable: 'leads', busName: 'bus' });
      expect(() => connection.quarantineTable).toThrow('it runs another version of Sluice');
    });
  });

  it.each(['null', '{}', '[]', '{"name":"other"}', 'hello'])('refuses what answers %s', async (body) => {
    await answering(body, async (endpoint) => {
      await expect(connect({ endpoint })).rejects.toMatchObject({ code: 'NO_STACK' });
    });
  });

  it('refuses an endpoint that is no URL, and outputs of a deployment', async () => {
    await expect(connect({ endpoint: 'local' })).rejects.toThrow('--endpoint: given local; allowed: a URL');
    await expect(connect({ endpoint: '' })).rejects.toThrow('--endpoint: given ""; allowed: a URL');
    for (const [given, shown] of [
      ['', '""'],
      ['local', 'local'],
    ] as const) {
      vi.stubEnv('SLUICE_ENDPOINT', given);
      onTestFinished(() => void vi.unstubAllEnvs());
      await expect(connect({ endpoint: given })).rejects.toThrow(
        `the variable SLUICE_ENDPOINT: given ${shown}; allowed: a URL`,
      );
    }
    await expect(connect({ endpoint: 'http://127.0.0.1:9', outputs: 'x' })).rejects.toThrow(
      '--outputs requires',
    );
    await expect(connect({ endpoint: 'http://127.0.0.1:9', deployment: 'x' })).rejects.toThrow(
      '--deployment requires',
    );
  });
});

describe('the clients of a connection', () => {
  it('are created on first use, and only once', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    const connection = await connect({ endpoint: 'aws', table: 't', bus: 'b' });
    expect(connection.dynamodb).toBe(connection.dynamodb);
    expect(connection.bus).toBe(connection.bus);
    expect(await connection.sqs()).toBe(await connection.sqs());
    expect(await connection.s3()).toBe(await connection.s3());
    expect(await connection.lambda()).toBe(await connection.lambda());
    connection.disconnect();
  });
});

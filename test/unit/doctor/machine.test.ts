import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkMachine, formatFindings } from '../../../cli/doctor/index.ts';
import type { FoundEngine } from '../../../infra/local/engine/find-engine.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { inFolder } = temporaryFiles();

const engine = (path: string): FoundEngine => ({
  kind: 'embedded',
  name: '@dynoxide/x',
  version: '1.0.0',
  path,
});
const working = engine(process.execPath);

const find = async (check: string, props: Partial<Parameters<typeof checkMachine>[0]> = {}) => {
  const findings = await checkMachine({ port: 8_551, engine: working, ...props });
  return findings.find((finding) => finding.check === check);
};

const answering = async <T>(body: string, work: (port: number) => Promise<T>): Promise<T> => {
  const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

describe('the check of a machine', () => {
  it('finds nothing wrong here', async () => {
    const findings = await checkMachine({ port: 8_551 });
    expect(findings.filter(({ result }) => result === 'problem')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'Node',
      'DynamoDB engine',
      'port 8551',
      'prepared stacks',
      'temporary files',
    ]);
  });

  it.each([
    ['18.20.0', 'problem'],
    ['22.18.0', 'problem'],
    ['24.0.0', 'ok'],
    ['26.1.0', 'ok'],
  ])('of Node %s: %s', async (nodeVersion, result) => {
    expect(await find('Node', { nodeVersion })).toMatchObject({ result });
  });

  it('finds an engine that does not run', async () => {
    const file = inFolder('engine', 'this is no program');
    expect(await find('DynamoDB engine', { engine: engine(file) })).toMatchObject({
      result: 'problem',
      found: expect.stringContaining(`${file} does not run`),
    });
    chmodSync(file, 0o755);
    expect(await find('DynamoDB engine', { engine: engine('/nowhere/dynoxide') })).toMatchObject({
      result: 'problem',
    });
  });

  it('says what the engine in memory cannot do, and that it stores no data', async () => {
    const memory: FoundEngine = { kind: 'memory', platform: 'darwin-arm64', why: 'no binary' };
    expect(await find('DynamoDB engine', { engine: memory })).toMatchObject({
      result: 'ok',
      found: expect.stringContaining('stores nothing on disk'),
    });
    expect(await find('data', { engine: memory, data: 'x' })).toMatchObject({ result: 'unknown' });
  });

  it('asks an engine of one’s own whether it is there', async () => {
    const external = (endpoint: string): FoundEngine => ({ kind: 'external', endpoint });
    await answering('{}', async (port) => {
      const found = await find('DynamoDB engine', { engine: external(`http://127.0.0.1:${port}`) });
      expect(found).toMatchObject({ result: 'ok' });
    });
    for (const [endpoint, why] of [
      ['http://127.0.0.1:9', 'nothing answers at http://127.0.0.1:9'],
      ['localhost', 'allowed: a URL'],
    ] as const)
      expect(await find('DynamoDB engine', { engine: external(endpoint) })).toMatchObject({
        result: 'problem',
        found: expect.stringContaining(why),
      });
  });

  it('finds who has the port', async () => {
    await answering('hello', async (port) => {
      expect(await find(`port ${port}`, { port })).toMatchObject({
        result: 'problem',
        found: 'another program has it',
      });
    });
    await answering(JSON.stringify({ name: 'sluice', outputs: {} }), async (port) => {
      expect(await find(`port ${port}`, { port })).toMatchObject({
        result: 'problem',
        found: 'a local stack of Sluice has it already',
      });
    });
  });

  it('finds a folder that can not be written', async () => {
    const file = inFolder('file', '');
    expect(await find('data', { data: file })).toMatchObject({
      result: 'problem',
      found: expect.stringContaining(`${file} can't be written`),
    });
  });
});

describe('the findings as text', () => {
  it('have the next step below, and a summary', () => {
    const lines = formatFindings([
      { check: 'a', result: 'ok', found: 'fine' },
      { check: 'long', result: 'problem', found: 'bad', todo: 'do that' },
      { check: 'b', result: 'unknown', found: 'could not look' },
    ]);
    expect(lines).toEqual([
      'ok       a     fine',
      'problem  long  bad',
      '               → do that',
      'unknown  b     could not look',
      '',
      '1 ok, 1 problem, 1 that could not be looked at',
    ]);
  });
});

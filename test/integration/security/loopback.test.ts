import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRecorder } from '../../security/recorder/start-recorder.ts';
import { run } from '../infra-local/run.ts';
import { queue } from '../infra-local/template.ts';

/**
 * Returns the addresses that are listened on at a port, as Linux lists them: in hexadecimal, with the bytes reversed.
 */
const findListeners = (endpoint: string): string[] => {
  const port = Number(new URL(endpoint).port).toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${port}`) && state === listening)
      .map(([, local = '']) => local.slice(0, -5)),
  );
};
const listening = '0A';
const loopback = '0100007F';

describe('the local stack', () => {
  it('listens on 127.0.0.1 and nowhere else: its endpoint and its engine', async () => {
    const stack = await run({ Q: queue() }, {});
    expect(findListeners(stack.endpoint)).toEqual([loopback]);
    expect(findListeners(stack.dynamodbEndpoint)).toEqual([loopback]);
  });
});

describe('the recorder', () => {
  it('listens on 127.0.0.1 and nowhere else', async () => {
    const recorder = await startRecorder();
    onTestFinished(() => recorder.close());
    expect(findListeners(recorder.endpoint)).toEqual([loopback]);
  });
});

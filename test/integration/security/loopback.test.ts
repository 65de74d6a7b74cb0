import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../../../infra/local/engine/engine.ts';
import { listeningAddresses } from '../../e2e/emulator/listening.ts';
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

/** Returns the processes that this one has started. */
const findChildren = (): number[] =>
  readdirSync('/proc/self/task')
    .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(/\s+/))
    .filter((pid) => pid !== '')
    .map(Number);

const listening = '0A';
const loopback = '0100007F';

describe('the local stack', () => {
  it('listens on 127.0.0.1 and nowhere else, and its engine nowhere where it can be isolated', async () => {
    const stack = await run({ Q: queue() }, {});
    expect(findListeners(stack.endpoint)).toEqual([loopback]);
    const probe = await startEngine(undefined, undefined, true);
    await probe.stop();
    expect(stack.exposesEngine).toBe(probe.connect === undefined);
    const engines = findChildren().flatMap((group) => listeningAddresses(group));
    const exposed = stack.exposesEngine ? [expect.stringMatching(/^127\.\d+\.\d+\.\d+:\d+$/)] : [];
    expect(engines).toEqual(exposed);
  });
});

describe('the recorder', () => {
  it('listens on 127.0.0.1 and nowhere else', async () => {
    const recorder = await startRecorder();
    onTestFinished(() => recorder.close());
    expect(findListeners(recorder.endpoint)).toEqual([loopback]);
  });
});

import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { StackClock } from '../../../infra/local/clock/stack-clock.ts';

const at = Date.parse;

const source = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.install).then(({ installClock }) => {
    installClock(workerData.clock);
    parentPort.on('message', () => parentPort.postMessage({
      now: Date.now(), date: new Date().toISOString(), text: Date().slice(0, 15), isDate: new Date() instanceof Date,
      given: new Date(0).toISOString(), parts: new Date(2026, 1).getMonth(), parsed: Date.parse('1970-01-01T00:00:01Z'),
    }));
    parentPort.postMessage('ready');
  });`;

it('stands still, is moved, and is the clock of every thread in which it is installed', async () => {
  const clock = new StackClock(at('2026-03-01T09:00:00Z'));
  const install = new URL('../../../infra/local/clock/install-clock.ts', import.meta.url).href;
  const worker = new Worker(source, { eval: true, workerData: { install, clock: clock.shared } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const answer = () => new Promise<unknown>((resolve) => worker.once('message', resolve));
  await answer();
  for (const instant of [
    '2026-03-01T09:00:00.000Z',
    '2027-03-01T09:00:00.123Z',
    '1969-03-01T09:00:00.000Z',
  ]) {
    clock.moveTo(at(instant));
    expect(clock.now()).toBe(at(instant));
    worker.postMessage('');
    expect(await answer()).toEqual({
      now: at(instant),
      date: instant,
      text: new Date(instant).toString().slice(0, 15),
      isDate: true,
      given: '1970-01-01T00:00:00.000Z',
      parts: 1,
      parsed: 1_000,
    });
  }
});

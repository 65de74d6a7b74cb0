import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StackClock } from '../../../infra/local/clock/stack-clock.ts';

const at = Date.parse;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('stands still until it is moved', () => {
  const clock = new StackClock(at('2026-03-01T09:00:00Z'));
  vi.advanceTimersByTime(60_000);
  expect(clock.now()).toBe(at('2026-03-01T09:00:00Z'));
  clock.moveTo(at('2026-03-04T09:00:00Z'));
  expect(clock.now()).toBe(at('2026-03-04T09:00:00Z'));
});

it('runs at its rate, from where it is when the rate changes', () => {
  const clock = new StackClock(at('2026-03-01T09:00:00Z'), 86_400);
  vi.advanceTimersByTime(2_000);
  expect(clock.now()).toBe(at('2026-03-03T09:00:00Z'));
  clock.runAt(1);
  vi.advanceTimersByTime(2_000);
  expect(clock.now()).toBe(at('2026-03-03T09:00:02Z'));
});

it('is the clock of the system if it is started at its instant with rate 1', () => {
  const clock = new StackClock(Date.now(), 1);
  vi.advanceTimersByTime(12_345);
  expect(clock.now()).toBe(Date.now());
});

it('replaces the clock of a thread, and follows it when it is moved', async () => {
  vi.useRealTimers();
  const clock = new StackClock(at('2026-03-01T09:00:00Z'));
  const install = new URL('../../../infra/local/clock/install-clock.ts', import.meta.url).href;
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     import(${JSON.stringify(install)}).then(({ installClock }) => {
       installClock(workerData);
       parentPort.on('message', () => parentPort.postMessage({
         now: Date.now(), date: new Date().toISOString(), given: new Date(0).toISOString(),
         local: new Date(2026, 0).getMonth(), text: Date().slice(0, 15), isDate: new Date() instanceof Date,
       }));
       parentPort.postMessage('ready');
     });`,
    { eval: true, workerData: clock.shared },
  );
  const answer = () => new Promise<unknown>((resolve) => worker.once('message', resolve));
  await answer();
  worker.postMessage('');
  expect(await answer()).toEqual({
    now: at('2026-03-01T09:00:00Z'),
    date: '2026-03-01T09:00:00.000Z',
    given: '1970-01-01T00:00:00.000Z',
    local: 0,
    text: 'Sun Mar 01 2026',
    isDate: true,
  });
  clock.moveTo(at('2026-04-01T09:00:00Z'));
  worker.postMessage('');
  expect(await answer()).toMatchObject({ date: '2026-04-01T09:00:00.000Z' });
  await worker.terminate();
});

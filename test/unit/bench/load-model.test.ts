import { describe, expect, it } from 'vitest';
import { Agenda } from '../../../bench/scale/agenda.ts';
import { hiddenSeconds, mostReceives, simulateLoad } from '../../../bench/scale/load-model.ts';
import { computePollers } from '../../../bench/scale/pollers.ts';
import { deployed, measuredUnits, type Settings } from '../../../bench/scale/settings.ts';

const steady = (base: number, until: number): Settings['load'] => ({
  base,
  burst: 1,
  burstFrom: 0,
  burstFor: 0,
  until,
  hotShare: 0,
});

const burst = (hotShare: number, base = 10): Settings['load'] => ({
  base,
  burst: 100,
  burstFrom: 5,
  burstFor: 10,
  until: 30,
  hotShare,
});

const settings = (load: Settings['load'], others: Partial<Settings> = {}): Settings => ({
  seed: 1,
  load,
  units: measuredUnits,
  ...deployed,
  ...others,
});

/** Returns the settings of a worker that handles one message at a time in `seconds`: an M/D/1 queue. */
const singleServer = (load: Settings['load'], seconds: number): Settings =>
  settings(load, {
    units: { batchCpu: seconds, leadCpu: 0, eventCpu: 0, request: 0, atOnce: 1 },
    concurrency: 1,
    batchSize: 1,
    window: 0,
    memory: 1_769,
  });

describe('the load model', () => {
  it('makes messages wait as long as theory says of one server with a fixed time: rate × time² / 2 (1 − load)', () => {
    for (const load of [0.3, 0.6, 0.8]) {
      const seconds = 0.01;
      const { meanAge } = simulateLoad(singleServer(steady(load / seconds, 2_000), seconds));
      const theory = (load * seconds) / (2 * (1 - load));
      expect(meanAge / theory).toBeGreaterThan(0.9);
      expect(meanAge / theory).toBeLessThan(1.1);
    }
  });

  it('neither loses nor makes events, in a burst on one lead that gives up again and again', () => {
    const outcome = simulateLoad(settings(burst(1, 50), { concurrency: 100 }));
    expect(outcome.returned).toBeGreaterThan(0);
    expect(outcome.done + outcome.deadLetters).toBe(outcome.events);
  });

  it('keeps what comes back hidden for the whole time, whatever else goes on meanwhile', () => {
    const { returned, oldest, drained } = simulateLoad(settings(burst(0.2, 50), { concurrency: 100 }));
    expect(returned).toBeGreaterThan(0);
    expect(oldest).toBeGreaterThanOrEqual(hiddenSeconds);
    // The time counts from the end of a burst of ten seconds; a hidden message may have come at its beginning.
    expect(drained).toBeGreaterThanOrEqual(hiddenSeconds - 10);
  });

  it('makes dead letters of what was received five times in vain, and lets them come back four times', () => {
    const slowWrites = { ...measuredUnits, request: 0.5 };
    const outcome = simulateLoad(settings(burst(1, 50), { concurrency: 100, units: slowWrites }));
    expect(outcome.deadLetters).toBeGreaterThan(0);
    expect(outcome.done + outcome.deadLetters).toBe(outcome.events);
    expect(outcome.returned).toBeGreaterThanOrEqual(outcome.deadLetters * (mostReceives - 1));
    expect(outcome.oldest).toBeGreaterThanOrEqual(hiddenSeconds * (mostReceives - 1));
    expect(outcome.oldest).toBeLessThan(hiddenSeconds * mostReceives);
  });

  it('hides nothing where nothing comes back', () => {
    const { returned, oldest, deadLetters } = simulateLoad(settings(burst(0, 50)));
    expect([returned, deadLetters]).toEqual([0, 0]);
    expect(oldest).toBeLessThan(hiddenSeconds);
  });

  it('gives the same for the same seed, and another outcome for another', () => {
    const once = simulateLoad(settings(burst(0.2)));
    expect(simulateLoad(settings(burst(0.2)))).toEqual(once);
    expect(simulateLoad({ ...settings(burst(0.2)), seed: 2 })).not.toEqual(once);
  });

  it('has no conflicts where one batch is at work at a time', () => {
    expect(simulateLoad(settings(burst(0.5), { concurrency: 1 })).conflicts).toBe(0);
  });

  it('has more conflicts the more of a burst is about one lead', () => {
    const [none, some, half] = [0, 0.05, 0.5].map(
      (share) => simulateLoad(settings(burst(share, 50))).conflicts,
    );
    expect(none).toBeLessThan(some ?? 0);
    expect(some).toBeLessThan(half ?? 0);
  });

  it('lets messages wait less the more batches may be at work', () => {
    const [few, many] = [5, 50].map((concurrency) => simulateLoad(settings(burst(0, 50), { concurrency })));
    expect(many?.oldest).toBeLessThan(few?.oldest ?? 0);
    expect(many?.drained).toBeLessThan(few?.drained ?? 0);
  });
});

describe('pollers', () => {
  it('begin with five, grow by five a second, and end at what is allowed', () => {
    expect([-10, 0, 1, 10, 1_000].map((seconds) => computePollers(seconds, 40))).toEqual([5, 5, 10, 40, 40]);
    expect(computePollers(0, 2)).toBe(2);
  });
});

describe('an agenda', () => {
  it('gives what is soonest first, and what is due at once in the order in which it was put down', () => {
    const agenda = new Agenda<string>();
    for (const [at, what] of [
      [3, 'c'],
      [1, 'a'],
      [3, 'd'],
      [2, 'b'],
      [3, 'e'],
    ] as const)
      agenda.put(at, what);
    const taken = Array.from({ length: 6 }, () => agenda.take()?.what);
    expect(taken).toEqual(['a', 'b', 'c', 'd', 'e', undefined]);
  });
});

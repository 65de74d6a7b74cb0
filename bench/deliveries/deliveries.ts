import assert from 'node:assert/strict';
import type { Measure } from '../measure.ts';
import { checkSent, planDeliveries, poke, withDeliveries } from '../metered/deliveries.ts';
import { median } from '../rounds.ts';

/** The time after which the target answers, in milliseconds. */
const answersAfter = 5;

const deliveriesARound = 1_000;

/**
 * Measures how many deliveries a second one worker makes to a target, by the bundled function and the embedded engine. Each
 * is about another lead. A first round warms up.
 */
export const deliveries = (rounds: number): Promise<Measure[]> =>
  withDeliveries(answersAfter, async (deployment, target) => {
    const running = deployment.start('send-deliveries');
    const rates: number[] = [];
    const cpus: number[] = [];
    try {
      for (let round = 0; round <= rounds; round++) {
        await planDeliveries(deployment, deliveriesARound, 10);
        target.take();
        const from = performance.now();
        const { answer, cpu } = await running.invoke(poke);
        const seconds = (performance.now() - from) / 1_000;
        checkSent(answer);
        assert.equal(target.take().requests, deliveriesARound);
        if (round === 0) continue;
        rates.push(deliveriesARound / seconds);
        cpus.push(cpu / deliveriesARound);
      }
    } finally {
      await running.stop();
    }
    return [
      {
        name: `deliveries to one target that answers after ${answersAfter} ms`,
        value: median(rates),
        unit: 'deliveries/s',
        details: { 'CPU ms of the function, each': median(cpus), rounds, leads: deliveriesARound },
      },
    ];
  });

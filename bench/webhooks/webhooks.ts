import { writeIntegrations } from '../integrations.ts';
import type { Measure } from '../measure.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import { buildWebhook, checkTaken } from '../metered/webhook-requests.ts';
import { median, quantile } from '../rounds.ts';

const service = 'receive-webhooks';

/** The longest that a sender may wait, in milliseconds. Several give up after three to ten seconds. */
const budget = 1_000;

/** Returns a number of contacts that nobody knows yet. */
let contact = 1;
const contacts = (count: number): number => {
  contact += count;
  return contact - count;
};

/** Measures the time from the start of the function's process to its first answer, in milliseconds. */
const answerCold = async ({ start }: Deployment, payloads: number): Promise<number> => {
  const request = buildWebhook(contacts(payloads), payloads);
  const from = performance.now();
  const running = start(service);
  try {
    const { answer } = await running.invoke(request);
    const elapsed = performance.now() - from;
    checkTaken(answer, payloads);
    return elapsed;
  } finally {
    await running.stop();
  }
};

/** Measures answers of a function that has answered before, in milliseconds: elapsed, and its CPU time. */
const answerWarm = async ({ start }: Deployment, payloads: number, count: number) => {
  const running = start(service);
  const times: { elapsed: number; cpu: number }[] = [];
  try {
    for (let i = 0; i < count + 20; i++) {
      const request = buildWebhook(contacts(payloads), payloads);
      const from = performance.now();
      const { answer, cpu } = await running.invoke(request);
      times.push({ elapsed: performance.now() - from, cpu });
      checkTaken(answer, payloads);
    }
  } finally {
    await running.stop();
  }
  return times.slice(20);
};

const ofPayloads = (count: number): string => (count === 1 ? 'one payload' : `${count} payloads`);

const measure = async (deployment: Deployment, payloads: number, rounds: number): Promise<Measure[]> => {
  const cold: number[] = [];
  for (let i = 0; i < rounds; i++) cold.push(await answerCold(deployment, payloads));
  const warm = await answerWarm(deployment, payloads, payloads === 1 ? 300 : 50);
  const elapsed = warm.map((each) => each.elapsed);
  const of = ofPayloads(payloads);
  return [
    {
      name: `webhook of ${of}, from the start of the process to the answer`,
      value: median(cold),
      unit: 'ms',
      limit: { atMost: budget },
      details: { starts: rounds, 'the slowest, ms': Math.max(...cold) },
    },
    {
      name: `webhook of ${of}, 99th percentile of a warm function`,
      value: quantile(elapsed, 0.99),
      unit: 'ms',
      limit: { atMost: budget },
      details: {
        'median, ms': median(elapsed),
        'median, CPU ms of the function': median(warm.map(({ cpu }) => cpu)),
      },
    },
  ];
};

/**
 * Measures how long the sender of a webhook waits, by the bundled function and the embedded engine. Each payload is about
 * another contact that nobody knew, which is the most work.
 */
export const webhooks = (rounds: number): Promise<Measure[]> =>
  withDeployment(
    async (deployment) => [
      ...(await measure(deployment, 1, rounds)),
      ...(await measure(deployment, 100, rounds)),
    ],
    writeIntegrations,
  );

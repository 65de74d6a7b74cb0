import { computeCost } from '../../shared/cost/index.ts';
import { computeSeconds, computeWait } from '../cost/lambda-time.ts';
import type { Measure } from '../measure.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import { runBatches } from '../metered/run-batches.ts';
import type { FunctionUsage } from '../metered/usage.ts';
import { freshWork, gatherWork, type Work } from './work.ts';

/** The memory sizes to try, in MB. */
const sizes = [128, 256, 512] as const;

interface Trial {
  readonly size: number;
  /** The usage with the usual work; absent if the function ran out of memory. */
  readonly usual?: FunctionUsage;
  readonly most?: FunctionUsage;
}

const attempt = async (work: () => Promise<FunctionUsage>): Promise<FunctionUsage | undefined> =>
  work().catch((error: unknown) => {
    if (error instanceof Error && /heap out of memory|ended at/.test(error.message)) return undefined;
    throw error;
  });

const tryAt = async (deployment: Deployment, service: string, work: Work, size: number): Promise<Trial> => {
  const { usual, most } = work;
  const trial = { size };
  const usualUsage = await attempt(() => runBatches(deployment, service, usual, size));
  // In one process with the usual work, because execution environments are reused.
  const mostUsage = await attempt(() =>
    runBatches(deployment, service, [...usual.slice(0, 3), ...most], size),
  );
  return { ...trial, ...(usualUsage && { usual: usualUsage }), ...(mostUsage && { most: mostUsage }) };
};

const deployedSize = ({ blueprint }: Deployment, service: string): number =>
  blueprint.functions.find(
    ({ properties }) => properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME === service,
  )?.properties.MemorySize ?? Number.NaN;

const trialWords = ({ size, usual, most }: Trial): [string, string][] => {
  if (usual === undefined || most === undefined) return [[`${size} MB`, 'runs out of memory']];
  const seconds = computeSeconds(usual.cpu, computeWait(usual), size);
  const longest = computeSeconds(most.slowest, computeWait(most), size);
  const usd = computeCost('lambdaTime', (1_000_000 * seconds * size) / 1_024);
  return [
    [
      `${size} MB`,
      `at most ${Math.round(most.peak)} MB used; usual batch ${Math.round(seconds * 1_000)} ms, ` +
        `the largest ${longest.toFixed(1)} s; ${usd.toFixed(2)} USD a million usual batches`,
    ],
  ];
};

const measureMemory = async (deployment: Deployment, service: string, work: Work): Promise<Measure> => {
  const deployed = deployedSize(deployment, service);
  const trials: Trial[] = [];
  for (const [i, size] of sizes.entries()) {
    trials.push(await tryAt(deployment, service, freshWork(service, work, 1 + i), size));
  }
  const used = trials.find(({ size }) => size === deployed)?.most?.peak ?? Number.NaN;
  const largest = trials.at(-1);
  return {
    name: `peak memory of ${service}, as a share of its ${deployed} MB`,
    value: used / deployed,
    unit: 'times',
    limit: { atMost: 0.9 },
    details: {
      'usual batch, CPU ms': largest?.usual?.cpu ?? Number.NaN,
      'largest batch, CPU ms': largest?.most?.slowest ?? Number.NaN,
      ...Object.fromEntries(trials.flatMap(trialWords)),
    },
  };
};

/**
 * Measures the memory that the functions need, and the time and money at each size, once: all rounds would give the
 * same.
 */
export const memory = (): Promise<Measure[]> =>
  withDeployment(async (deployment) => {
    const measures: Measure[] = [];
    for (const [service, work] of await gatherWork(deployment)) {
      measures.push(await measureMemory(deployment, service, work));
    }
    return measures;
  });

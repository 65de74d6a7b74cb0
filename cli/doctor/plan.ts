import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAssembly } from '../../infra/local/assembly.ts';
import { computeFixedLines, region as pricesRegion, read, sumLines } from '../../shared/cost/index.ts';
import { metricCatalogue, type ServiceMetrics } from '../../shared/lambda/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { defaultModelFile, readModelFile } from '../explain/find-model.ts';
import { synthesize } from '../stack/synthesize.ts';
import { formatCount } from '../text/format-count.ts';
import type { Context } from './context.ts';
import { type Finding, ok, problem } from './finding.ts';

const projectRoot = resolve(import.meta.dirname, '../..');

/** The resources that a deployment creates. */
export interface Plan {
  /** The names of the stacks, in the order in which they are deployed. */
  readonly stacks: readonly string[];
  readonly busName: string | undefined;
  /** The name of the stack that outlives deployments, which has the bus and the tables. */
  readonly stateful: string;
  /** The model that is deployed with the functions. */
  readonly model: ScoringModel;
  /** The number of resources of each type. */
  readonly counts: ReadonlyMap<string, number>;
  /** The batches that functions work on at once when all queues are full. */
  readonly concurrency: number;
  /** The cost of a month without events in USD, if every custom metric is emitted. */
  readonly monthlyUsd: number;
}

/** Counts all series of custom metrics that the functions may emit: each is billed as one metric. */
const countSeries = (): number =>
  Object.values<ServiceMetrics>(metricCatalogue).reduce(
    (sum, { counts, countsBy, times }) =>
      sum +
      counts.length +
      times.length +
      Object.values(countsBy).reduce((all, { values }) => all + values.length, 0),
    0,
  );

const sumConcurrency = (resources: readonly { readonly properties: Readonly<Record<string, unknown>> }[]) =>
  resources
    .map(({ properties }) => properties.ScalingConfig as { MaximumConcurrency?: number } | undefined)
    .reduce((sum, scaling) => sum + (scaling?.MaximumConcurrency ?? 0), 0);

/**
 * Synthesizes the templates of a deployment, without bundles and checks, and reads them.
 *
 * @throws CliError `SYNTH_FAILED` with the message about a context value that is not allowed
 */
export const readPlan = async (context: Context): Promise<Plan> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-plan-'));
  try {
    await synthesize(folder, { context, bundle: false });
    const { resources } = readAssembly(folder);
    const bus = resources.find(({ type }) => type === 'AWS::Events::EventBus');
    const busName = bus?.properties.Name;
    const counts = [...Map.groupBy(resources, ({ type }) => type)].map(
      ([type, all]) => [type, all.length] as const,
    );
    return {
      stacks: [...new Set(resources.map(({ stack }) => stack))],
      busName: typeof busName === 'string' ? busName : undefined,
      stateful: bus?.stack ?? '',
      model: readModelFile(
        context.model === undefined ? defaultModelFile : resolve(projectRoot, context.model),
      ),
      counts: new Map(counts.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))),
      concurrency: sumConcurrency(resources),
      monthlyUsd: sumLines(computeFixedLines(resources, countSeries())),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export const describePlan = ({ stacks, counts, monthlyUsd }: Plan): Finding[] => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const types = [...counts].map(([type, count]) => `${count} ${type.replace('AWS::', '')}`);
  return [
    ok('resources', `${formatCount(total, 'resource')} in ${stacks.join(', ')}: ${types.join(', ')}`),
    ok(
      'cost',
      `at most ${monthlyUsd.toFixed(2)} USD a month without events, at list prices of ${pricesRegion} (read ${read}); ` +
        '`npm run cost` says what events cost',
    ),
  ];
};

/** Returns the finding for a deployment that can't be synthesized. */
export const describeFailedPlan = (error: unknown): Finding => {
  if (!(error instanceof CliError)) throw error;
  const [first, ...details] = error.lines;
  return problem(
    'deployment',
    (details.at(-1) ?? first ?? '').trim().replace(/^Error: /, ''),
    'correct the value of --context; docs/environments.md lists them',
  );
};

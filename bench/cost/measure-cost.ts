import { parseEnvironment } from '../../infra/environments.ts';
import { type CostLine, computeFixedLines } from '../../shared/cost/index.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import { type Flow, runFlow } from '../metered/flow.ts';
import { type History, inFives, readSample } from '../pipeline/stream.ts';
import { computeLines, type Deployed, untilLedger } from './lines.ts';
import type { MonthBasis } from './month.ts';
import { computeUsualLines } from './usual-scheme.ts';

export interface Costs {
  readonly isolated: readonly CostLine[];
  readonly fives: readonly CostLine[];
  /** The parts of both that end with the ledger. */
  readonly scored: { readonly isolated: readonly CostLine[]; readonly fives: readonly CostLine[] };
  /** The cost by the usual scheme, for comparison. */
  readonly usual: readonly CostLine[];
  /** The monthly cost that doesn't depend on events. */
  readonly fixed: readonly CostLine[];
  readonly flows: { readonly isolated: Flow; readonly fives: Flow };
}

/**
 * The sizes of batches of the stream and of announcements: between those of a quiet system and the maxima, 100 and 10.
 */
const fill = { streamBatch: 10, followBatch: 5 };

/** The sizes if nothing arrives together. */
const alone = { streamBatch: 1, followBatch: 1 };

const readDeployed = ({ blueprint }: Deployment): Deployed => ({
  memory: Object.fromEntries(
    blueprint.functions.map(({ properties }) => [
      properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? '',
      properties.MemorySize,
    ]),
  ),
  archiveDays: parseEnvironment('prod').archiveRetention.toDays(),
});

const countMetrics = ({ usages }: Flow): number =>
  new Set(usages.flatMap(({ service, usage }) => usage.metrics.map((metric) => `${service} ${metric}`))).size;

const measureFlow = (histories: readonly History[], leads: number, each: number, filled = fill) =>
  withDeployment(async (deployment) => ({
    flow: await runFlow(deployment, histories, { leads, each, ...filled }),
    deployed: readDeployed(deployment),
    fixed: (metrics: number) => computeFixedLines(deployment.assembly.resources, metrics),
  }));

/** Measures the cost of the sample stream: with one event of a lead in each batch, and with five. */
export const measureCost = async (): Promise<Costs> => {
  const sample = readSample();
  const one = await measureFlow(sample, 50, 1);
  const five = await measureFlow(inFives(sample), 10, 5);
  return {
    isolated: computeLines(one.flow, one.deployed),
    fives: computeLines(five.flow, five.deployed),
    scored: {
      isolated: computeLines(untilLedger(one.flow), one.deployed),
      fives: computeLines(untilLedger(five.flow), five.deployed),
    },
    usual: computeUsualLines(one.flow, one.deployed),
    fixed: one.fixed(countMetrics(one.flow)),
    flows: { isolated: one.flow, fives: five.flow },
  };
};

/** Measures what the cost of a month is calculated from: the sample stream in full batches, and one event at a time. */
export const measureMonth = async (): Promise<MonthBasis> => {
  const sample = readSample();
  const { flow: full, deployed, fixed } = await measureFlow(sample, 50, 1);
  const { flow: single } = await measureFlow(sample, 1, 1, alone);
  return { single, full, deployed, fixed: fixed(countMetrics(full)) };
};

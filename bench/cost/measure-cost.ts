import { parseEnvironment } from '../../infra/environments.ts';
import { type CostLine, computeFixedLines } from '../../shared/cost/index.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import { type Flow, runFlow } from '../metered/flow.ts';
import { runTimeFlow, type TimeFlow } from '../metered/time-flow.ts';
import { type History, inFives, readSample } from '../pipeline/stream.ts';
import { computeClockLines, computeLines, computeTimeLines, type Deployed, untilLedger } from './lines.ts';
import type { MonthBasis } from './month.ts';
import { computeUsualLines } from './usual-scheme.ts';

export interface Costs {
  readonly isolated: readonly CostLine[];
  readonly fives: readonly CostLine[];
  /** The cost of time for the leads of a million events, beside what their own events catch up with. */
  readonly time: readonly CostLine[];
  /** The parts of both that end with the ledger. */
  readonly scored: { readonly isolated: readonly CostLine[]; readonly fives: readonly CostLine[] };
  /** The cost by the usual scheme, for comparison. */
  readonly usual: readonly CostLine[];
  /** The monthly cost that doesn't depend on events. */
  readonly fixed: readonly CostLine[];
  readonly flows: { readonly isolated: Flow; readonly fives: Flow; readonly time: TimeFlow };
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

/** Counts the custom metrics of a stream of events and of what time does. */
const countMetrics = ({ usages }: Flow, { flow, idleRun }: TimeFlow): number =>
  new Set(
    [...usages, ...flow.usages, { service: 'advance-leads', usage: idleRun }].flatMap(({ service, usage }) =>
      usage.metrics.map((metric) => `${service} ${metric}`),
    ),
  ).size;

const measureFlow = (histories: readonly History[], leads: number, each: number, filled = fill) =>
  withDeployment(async (deployment) => ({
    flow: await runFlow(deployment, histories, { leads, each, ...filled }),
    deployed: readDeployed(deployment),
    fixed: (metrics: number) => computeFixedLines(deployment.assembly.resources, metrics),
  }));

const measureTime = (histories: readonly History[]): Promise<TimeFlow> =>
  withDeployment((deployment) => runTimeFlow(deployment, histories, fill));

/** Measures the cost of the sample stream: with one event of a lead in each batch, and with five. */
export const measureCost = async (): Promise<Costs> => {
  const sample = readSample();
  const one = await measureFlow(sample, 50, 1);
  const five = await measureFlow(inFives(sample), 10, 5);
  const time = await measureTime(sample);
  return {
    isolated: computeLines(one.flow, one.deployed),
    fives: computeLines(five.flow, five.deployed),
    time: computeTimeLines(time.flow, one.deployed),
    scored: {
      isolated: computeLines(untilLedger(one.flow), one.deployed),
      fives: computeLines(untilLedger(five.flow), five.deployed),
    },
    usual: computeUsualLines(one.flow, one.deployed),
    fixed: [...one.fixed(countMetrics(one.flow, time)), ...computeClockLines(time.idleRun, one.deployed)],
    flows: { isolated: one.flow, fives: five.flow, time },
  };
};

/** Measures what the cost of a month is calculated from: the sample stream in full batches, and one event at a time. */
export const measureMonth = async (): Promise<MonthBasis> => {
  const sample = readSample();
  const { flow: full, deployed, fixed } = await measureFlow(sample, 50, 1);
  const { flow: single } = await measureFlow(sample, 1, 1, alone);
  const time = await measureTime(sample);
  return {
    single,
    full,
    time: time.flow,
    deployed,
    fixed: [...fixed(countMetrics(full, time)), ...computeClockLines(time.idleRun, deployed)],
  };
};

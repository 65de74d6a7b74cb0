import { parseEnvironment } from '../../infra/environments.ts';
import { type CostLine, computeFixedLines } from '../../shared/cost/index.ts';
import { wakeMessage } from '../../shared/rescoring/index.ts';
import { type ApiUsage, runApiRequests } from '../metered/api-requests.ts';
import { type Counting, runCounting } from '../metered/counting.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import { type Flow, type FlowRun, runFlow } from '../metered/flow.ts';
import { type RecountUsage, runRecounts } from '../metered/recount.ts';
import { runTimeFlow, type TimeFlow } from '../metered/time-flow.ts';
import type { FunctionUsage } from '../metered/usage.ts';
import { type History, inFives, readSample } from '../pipeline/stream.ts';
import { computeApiLines } from './api-lines.ts';
import { measureEveryMinute } from './every-minute.ts';
import {
  computeAdditionalLines,
  computeClockLines,
  computeLines,
  type Deployed,
  untilLedger,
} from './lines.ts';
import type { MonthBasis } from './month.ts';
import { computeRecountLines } from './recount-lines.ts';
import { computeUsualLines } from './usual-scheme.ts';

/** The measurements after the stream with one event of a lead in each batch, on the same table. */
interface Measured {
  /** Counting the funnel, by the announcements of events, and by those of time. */
  readonly counting: Counting;
  readonly countingTime: Counting;
  readonly recount: RecountUsage;
  readonly api: readonly ApiUsage[];
}

export interface Costs {
  readonly isolated: readonly CostLine[];
  readonly fives: readonly CostLine[];
  /** The cost of time for the leads of a million events, beside what their own events catch up with. */
  readonly time: readonly CostLine[];
  /** The cost of counting the funnel by the announcements of a million events, and of what time does. */
  readonly counting: readonly CostLine[];
  /** The cost of one recount of the funnel of a million leads. */
  readonly recount: readonly CostLine[];
  /** The cost of a million requests of the API, by kind. */
  readonly api: readonly { readonly kind: string; readonly lines: readonly CostLine[] }[];
  /** The parts of the first two that end with the ledger. */
  readonly scored: { readonly isolated: readonly CostLine[]; readonly fives: readonly CostLine[] };
  /** The cost by the usual scheme, for comparison. */
  readonly usual: readonly CostLine[];
  /** The monthly cost that doesn't depend on events. */
  readonly fixed: readonly CostLine[];
  readonly flows: { readonly isolated: Flow; readonly fives: Flow; readonly time: TimeFlow };
  readonly deployed: Deployed;
  readonly measured: Measured;
}

/**
 * The sizes of batches of the stream and of announcements: between those of a quiet system and the maxima, 100 and 10.
 */
const fill = { streamBatch: 10, followBatch: 5 };

/** The sizes if nothing arrives together. */
const alone = { streamBatch: 1, followBatch: 1 };

/** Returns the settings of a deployment that its cost depends on. */
export const readDeployed = ({ blueprint }: Deployment): Deployed => ({
  memory: Object.fromEntries(
    blueprint.functions.map(({ properties }) => [
      properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? '',
      properties.MemorySize,
    ]),
  ),
  archiveDays: parseEnvironment('prod').archiveRetention.toDays(),
});

/** The messages in a batch that counts the funnel: with so many leads, they come within the window of a batch. */
const counted = { full: 200, single: 1 } as const;

/** Counts the custom metrics that functions have written. */
export const countMetrics = (
  usages: readonly { readonly service: string; readonly usage: FunctionUsage }[],
): number =>
  new Set(usages.flatMap(({ service, usage }) => usage.metrics.map((metric) => `${service} ${metric}`))).size;

interface FlowMeasure<T> {
  readonly run: FlowRun;
  readonly deployed: Deployed;
  readonly fixed: (metrics: number) => CostLine[];
  /** The result of `after`. */
  readonly more: T;
}

interface FlowSettings<T> {
  readonly leads: number;
  readonly each: number;
  readonly sizes?: typeof fill;
  /** Measures something else on the same table. */
  readonly after: (deployment: Deployment, run: FlowRun) => Promise<T>;
}

const measureFlow = <T>(
  histories: readonly History[],
  { leads, each, sizes = fill, after }: FlowSettings<T>,
): Promise<FlowMeasure<T>> =>
  withDeployment(async (deployment) => {
    const run = await runFlow(deployment, histories, { leads, each, ...sizes });
    const deployed = readDeployed(deployment);
    const more = await after(deployment, run);
    const waking = await measureEveryMinute(deployment, {
      service: 'rescore-leads',
      message: wakeMessage,
      what: 'looking each minute for a rescoring',
      deployed,
    });
    const fixed = (metrics: number): CostLine[] => [
      ...computeFixedLines(deployment.assembly.resources, metrics),
      waking,
    ];
    return { run, deployed, fixed, more };
  });

const measureTime = (histories: readonly History[]) =>
  withDeployment(async (deployment) => {
    const time = await runTimeFlow(deployment, histories, fill);
    return { time, counting: await runCounting(deployment, time, counted.full) };
  });

/** Measures the cost of the sample stream: with one event of a lead in each batch, and with five. */
export const measureCost = async (): Promise<Costs> => {
  const sample = readSample();
  const one = await measureFlow(sample, {
    leads: 50,
    each: 1,
    after: async (deployment, run) => ({
      counting: await runCounting(deployment, run, counted.full),
      recount: await runRecounts(deployment),
      api: await runApiRequests(deployment, sample),
    }),
  });
  const five = await measureFlow(inFives(sample), { leads: 10, each: 5, after: async () => undefined });
  const { time, counting: countingTime } = await measureTime(sample);
  const { deployed } = one;
  const { counting, recount, api } = one.more;
  const [isolated, fives] = [one.run.flow, five.run.flow];
  const usages = [
    ...[isolated, time.flow, counting.flow].flatMap((flow) => flow.usages),
    ...api,
    { service: 'advance-leads', usage: time.idleRun },
    { service: 'recount-funnel', usage: recount.usage },
  ];
  return {
    isolated: computeLines(isolated, deployed),
    fives: computeLines(fives, five.deployed),
    time: computeAdditionalLines(time.flow, deployed),
    counting: addLines(
      computeAdditionalLines(counting.flow, deployed),
      computeAdditionalLines(countingTime.flow, deployed),
    ),
    recount: computeRecountLines(recount, deployed),
    api: api.map((each) => ({ kind: each.kind, lines: computeApiLines(each, deployed) })),
    scored: {
      isolated: computeLines(untilLedger(isolated), deployed),
      fives: computeLines(untilLedger(fives), five.deployed),
    },
    usual: computeUsualLines(isolated, deployed),
    fixed: [...one.fixed(countMetrics(usages)), ...computeClockLines(time.idleRun, deployed)],
    flows: { isolated, fives, time },
    deployed,
    measured: { counting, countingTime, recount, api },
  };
};

/** Adds up lines of the same kinds. */
const addLines = (a: readonly CostLine[], b: readonly CostLine[]): CostLine[] =>
  a.map((line, i) => ({
    ...line,
    amount: line.amount + (b[i]?.amount ?? 0),
    usd: line.usd + (b[i]?.usd ?? 0),
  }));

/** Measures what the cost of a month is calculated from: the sample stream in full batches, and one event at a time. */
export const measureMonth = async (): Promise<MonthBasis> => {
  const sample = readSample();
  const full = await measureFlow(sample, {
    leads: 50,
    each: 1,
    after: (deployment, run) => runCounting(deployment, run, counted.full),
  });
  const single = await measureFlow(sample, {
    leads: 1,
    each: 1,
    sizes: alone,
    after: (deployment, run) => runCounting(deployment, run, counted.single),
  });
  const { time, counting } = await measureTime(sample);
  const { deployed } = full;
  const usages = [
    ...[full.run.flow, time.flow, full.more.flow].flatMap((flow) => flow.usages),
    { service: 'advance-leads', usage: time.idleRun },
  ];
  return {
    single: single.run.flow,
    full: full.run.flow,
    time: time.flow,
    counting: { single: single.more.flow, full: full.more.flow, time: counting.flow },
    deployed,
    fixed: [...full.fixed(countMetrics(usages)), ...computeClockLines(time.idleRun, deployed)],
  };
};

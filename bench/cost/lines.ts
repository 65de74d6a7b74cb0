import { type CostLine, computeCost } from '../../shared/cost/index.ts';
import type { Flow } from '../metered/flow.ts';
import type { FunctionUsage } from '../metered/usage.ts';
import { computeGigabyteSeconds } from './lambda-time.ts';

export interface Deployed {
  /** The memory of each function in MB, by service. */
  readonly memory: Readonly<Record<string, number>>;
  /** The retention of the archive in days. */
  readonly archiveDays: number;
}

const million = 1_000_000;
const gigabyte = 2 ** 30;

/** The bytes of START, END and REPORT with a trace id, as text, including the 26 bytes charged for each line. */
export const platformLogBytes = 450;

/** The share of invocations that Lambda's own tracing samples, beyond the first request of each second. */
const sampled = 0.05;

/** The way in which events arrive. */
export interface Arrival {
  /** The rate while they arrive. At higher rates a smaller share of invocations is the first of its second, and traced. */
  readonly eventsASecond: number;
  /** The messages that one request to a queue receives or deletes: at most 10, when there are enough of them. */
  readonly messagesARequest: number;
}

/** Events that arrive in bursts. From this rate on, five pollers fill batches of 50 within their window of a second. */
const inBursts: Arrival = { eventsASecond: 250, messagesARequest: 10 };

/** Returns the traces of invocations that a number of events causes. */
export const computeTraces = (
  invocations: number,
  events: number,
  { eventsASecond }: Pick<Arrival, 'eventsASecond'>,
): number => {
  const seconds = events / eventsASecond;
  const first = Math.min(invocations, seconds);
  return first + sampled * (invocations - first);
};

const countInvocations = ({ usages }: Flow): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { service, usage } of usages)
    counts.set(service, (counts.get(service) ?? 0) + usage.invocations);
  return counts;
};

/** Returns the part of a flow that ends with the ledger: nothing is announced, and so nothing follows. */
export const untilLedger = (flow: Flow): Flow => ({
  ...flow,
  bytesOut: 0,
  announcements: 0,
  messages: { 'score-leads': flow.messages['score-leads'] ?? 0 },
  usages: flow.usages.filter(({ service }) => service === 'score-leads'),
});

/**
 * Returns the cost of a million inbound events, by service. All events and announcements of the sample are below 64 KB.
 */
export const computeLines = (
  flow: Flow,
  { memory, archiveDays }: Deployed,
  arrival: Arrival = inBursts,
): CostLine[] => {
  const scale = million / flow.events;
  const total = (of: (usage: Flow['usages'][number]) => number): number =>
    scale * flow.usages.reduce((sum, each) => sum + of(each), 0);
  const messages = scale * Object.values(flow.messages).reduce((sum, count) => sum + count, 0);
  const requests = messages * (1 + 2 / arrival.messagesARequest);
  const invocations = total(({ usage }) => usage.invocations);
  const time = total(
    ({ service, usage }) => usage.invocations * computeGigabyteSeconds(usage, memory[service] ?? Number.NaN),
  );
  const logBytes = total(({ usage }) => usage.logBytes) + invocations * platformLogBytes;
  const traces = [...countInvocations(flow).values()].reduce(
    (sum, count) => sum + computeTraces(scale * count, million, arrival),
    0,
  );
  const writes = total(({ usage }) => usage.consumed.writeUnits);
  const reads = total(({ usage }) => usage.consumed.readUnits);
  const archived = (scale * (flow.bytesIn + flow.bytesOut)) / gigabyte;
  const out = scale * flow.announcements;
  return [
    line('EventBridge', 'events in', million, 'events', computeCost('busEvent', million)),
    line('EventBridge', 'announcements out', out, 'events', computeCost('busEvent', out)),
    line('EventBridge', 'archive, taken in', archived, 'GB', computeCost('archiveIn', archived)),
    line(
      'EventBridge',
      `archive, stored ${archiveDays} days`,
      archived,
      'GB',
      computeCost('archiveStorage', archived * (archiveDays / 30)),
    ),
    line('SQS', 'send, receive, delete', requests, 'requests', computeCost('queueRequest', requests)),
    line('Lambda', 'invocations', invocations, 'invocations', computeCost('lambdaRequest', invocations)),
    line('Lambda', 'time', time, 'GB-s', computeCost('lambdaTime', time)),
    line('DynamoDB', 'writes', writes, 'units', computeCost('writeUnit', writes)),
    line('DynamoDB', 'reads', reads, 'units', computeCost('readUnit', reads)),
    line('DynamoDB', 'stream, read by Lambda', 0, 'units', 0),
    line('CloudWatch', 'logs', logBytes / gigabyte, 'GB', computeCost('logs', logBytes / gigabyte)),
    line('X-Ray', 'traces', traces, 'traces', computeCost('trace', traces)),
  ];
};

/**
 * Returns the cost of what comes beside a million inbound events, by service: of what time does, or of counting.
 *
 * @param flow what is used for it, without the events themselves
 */
export const computeAdditionalLines = (flow: Flow, deployed: Deployed, arrival?: Arrival): CostLine[] =>
  computeLines(flow, deployed, arrival).filter(({ what }) => what !== 'events in');

/** The runs of `advance-leads` in a month of 30 days, one every five minutes. */
const clockRuns = 30 * 24 * 12;

/** Returns the monthly cost of `advance-leads` if nothing is ever due. Each run is the first of its second, and traced. */
export const computeClockLines = (idle: FunctionUsage, { memory }: Deployed): CostLine[] => {
  const time = clockRuns * computeGigabyteSeconds(idle, memory['advance-leads'] ?? Number.NaN);
  const reads = (clockRuns * idle.consumed.readUnits) / idle.invocations;
  const logs = (clockRuns * (idle.logBytes / idle.invocations + platformLogBytes)) / gigabyte;
  const usd =
    computeCost('lambdaRequest', clockRuns) +
    computeCost('lambdaTime', time) +
    computeCost('readUnit', reads) +
    computeCost('logs', logs) +
    computeCost('trace', clockRuns);
  return [line('Clock', 'runs of advance-leads', clockRuns, 'a month', usd)];
};

/** Returns a line of a bill. */
export const line = (service: string, what: string, amount: number, unit: string, usd: number): CostLine => ({
  service,
  what,
  amount,
  unit,
  usd,
});

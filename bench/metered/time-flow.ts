import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import type { StreamRecord } from '../../infra/local/stream-record.ts';
import { type History, type SampleEvent, toSqsEvent } from '../pipeline/stream.ts';
import { asEvent } from './as-event.ts';
import { createClockTally } from './clock-tally.ts';
import type { Deployment } from './deployment.ts';
import { type Flow, measureEvents } from './flow.ts';
import { countingService, createQueueRouter, createRouter } from './routes.ts';
import type { FunctionUsage } from './usage.ts';

/** The usage that time causes, beside events. */
export interface TimeFlow {
  /** The resources that time alone uses, without what events catch up with. */
  readonly flow: Flow;
  /** One run of `advance-leads` that finds nothing due. */
  readonly idleRun: FunctionUsage;
  readonly counts: TimeCounts;
  /** The announcements that time caused, in the order in which it was published. */
  readonly announced: readonly SampleEvent[];
}

interface TimeCounts {
  /** The wake-ups of leads before their last event. If they came late, the event would catch up with them. */
  readonly between: number;
  /** The wake-ups of leads after their last event. */
  readonly after: number;
  readonly handoffs: number;
  readonly nurtures: number;
  /** The write units of what falls due. */
  readonly writeUnits: number;
  /** The share of messages in the hour of the day, UTC, in which most fall due. */
  readonly busiestHour: number;
  /** The time that passed, in days. */
  readonly days: number;
}

/** The time for which leads are advanced after the last event of all. */
export const followedMs = 30 * dayMs;

const everyMs = 5 * minuteMs;
const mostTogether = 50;

/**
 * The causes of invocations: an event; the clock before the last event of a lead, and after it; a run of
 * `advance-leads`, and one that found nothing.
 */
type Cause = 'event' | 'between' | 'time' | 'run' | 'idle';

const occurredAt = ({ detail }: SampleEvent): number =>
  Date.parse((detail.metadata as { readonly occurredAt: string }).occurredAt);

const text = (image: StreamRecord['dynamodb']['Keys'] | undefined, name: string): string | undefined =>
  (image?.[name] as { readonly S?: string } | undefined)?.S;

/** The items that are due, as the stream of the table shows them. */
class DueItems {
  readonly #dueAt = new Map<string, number>();

  note(records: readonly StreamRecord[]): void {
    for (const { dynamodb } of records) {
      const key = `${text(dynamodb.Keys, 'pk')} ${text(dynamodb.Keys, 'sk')}`;
      const dueAt = text(dynamodb.NewImage, 'dueAt');
      if (dueAt === undefined || text(dynamodb.NewImage, 'dueKey') === undefined) this.#dueAt.delete(key);
      else this.#dueAt.set(key, Date.parse(dueAt));
    }
  }

  /** Returns the instant of the run that finds the next item. */
  nextRun(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const dueAt of this.#dueAt.values()) next = Math.min(next, dueAt);
    return Math.ceil(next / everyMs) * everyMs;
  }
}

/**
 * Returns the usage as it would be with full batches, such as those of a million events have. A sample has few leads, so
 * that hardly two of them change at once. Each record takes as much CPU time as before, so this is the most.
 */
const withFullBatches = (usage: FunctionUsage, size: number): FunctionUsage => {
  const invocations = Math.ceil(usage.records / size);
  const share = usage.invocations / invocations;
  return { ...usage, invocations, cpu: usage.cpu * share, logBytes: usage.logBytes / share };
};

/** Returns the events of each hour, in order. */
const splitByHour = (events: readonly SampleEvent[]): SampleEvent[][] => [
  ...Map.groupBy(events, (event) => Math.floor(occurredAt(event) / hourMs)).values(),
];

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/**
 * Runs histories through the deployed functions as time passes, hour by hour: the events of each hour, and everything
 * that falls due, until some time after the last event. Metered is what time causes.
 *
 * @param sizes the records in a batch of the stream, and the messages in one of a queue
 */
export const runTimeFlow = async (
  deployment: Deployment,
  histories: readonly History[],
  sizes: { readonly streamBatch: number; readonly followBatch: number },
): Promise<TimeFlow> => {
  const { leadsStream, blueprint } = deployment;
  const deliveries = createRouter(blueprint);
  const readerOf = createQueueRouter(blueprint);
  const tally = createClockTally<Cause>(deployment);
  const due = new DueItems();
  const announced: SampleEvent[] = [];
  const messages: Record<string, number> = {};
  const counts = { between: 0, after: 0, handoffs: 0, nurtures: 0 };
  const byHour = Array.from({ length: 24 }, () => 0);

  const events = histories.flat().sort((a, b) => occurredAt(a) - occurredAt(b));
  const left = Map.groupBy(events, ({ detail }) => detail.data.leadId);
  const isOver = ({ detail }: SampleEvent): boolean => (left.get(detail.data.leadId)?.length ?? 0) === 0;
  const until = occurredAt(events.at(-1) as SampleEvent) + followedMs;

  const send = async (cause: Cause, service: string, own: readonly SampleEvent[], now: number) => {
    for (const batch of chunks(own, service === 'score-leads' ? mostTogether : sizes.followBatch))
      await tally.invoke(cause, service, toSqsEvent(batch), now);
    if (cause === 'time') messages[service] = (messages[service] ?? 0) + own.length;
  };

  const publish = async (cause: Cause, now: number): Promise<SampleEvent[]> => {
    const records = await leadsStream.read();
    due.note(records);
    const wanted = records.filter((record) =>
      blueprint.streamMappings.some(({ matches }) => matches(record)),
    );
    const published: SampleEvent[] = [];
    for (const Records of chunks(wanted, sizes.streamBatch)) {
      const consumed = await tally.invoke(cause, 'publish-changes', { Records }, now);
      published.push(...consumed.announcements.map(asEvent));
    }
    if (cause === 'time') announced.push(...published);
    return published;
  };

  const follow = async (cause: Cause, followed: readonly SampleEvent[], now: number): Promise<void> => {
    // The funnel is counted in batches of its own.
    const services = [...new Set(followed.flatMap(deliveries))].filter((name) => name !== countingService);
    for (const service of services)
      await send(
        cause,
        service,
        followed.filter((event) => deliveries(event).includes(service)),
        now,
      );
    const more = await publish(cause, now);
    if (more.length > 0) await follow(cause, more, now);
  };

  const advance = async (now: number): Promise<void> => {
    const { sent } = await tally.invoke('run', 'advance-leads', {}, now);
    const woken = sent.map(({ queueUrl, body }) => ({
      service: readerOf(queueUrl),
      event: JSON.parse(body) as SampleEvent,
    }));
    for (const { event } of woken) {
      const hour = new Date(occurredAt(event)).getUTCHours();
      byHour[hour] = (byHour[hour] ?? 0) + 1;
    }
    if (woken.length === 0) throw new Error(`nothing was due at ${new Date(now).toISOString()}`);
    for (const [service, own] of Map.groupBy(woken, (each) => each.service)) {
      const all = own.map(({ event }) => event);
      const [over, open] = [all.filter(isOver), all.filter((event) => !isOver(event))];
      if (service === 'score-leads') {
        counts.between += open.length;
        counts.after += over.length;
        await send('between', service, open, now);
        await follow('between', await publish('between', now), now);
        await send('time', service, over, now);
      } else {
        counts[service === 'hand-off' ? 'handoffs' : 'nurtures'] += all.length;
        await send('time', service, all, now);
      }
      await follow('time', await publish('time', now), now);
    }
  };

  const arrive = async (arrived: readonly SampleEvent[]): Promise<void> => {
    const now = occurredAt(arrived.at(-1) as SampleEvent);
    for (const { detail } of arrived) left.get(detail.data.leadId)?.shift();
    await follow('event', arrived, now);
  };

  const hours = splitByHour(events);
  for (;;) {
    const [next] = hours;
    const run = due.nextRun();
    if (next === undefined && run > until) break;
    if (next !== undefined && occurredAt(next[0] as SampleEvent) < run) await arrive(hours.shift() ?? []);
    else await advance(run);
  }
  await tally.invoke('run', 'advance-leads', {}, until);
  for (let runs = 0; runs < 5; runs++) await tally.invoke('idle', 'advance-leads', {}, until);
  const listUsages = await tally.finish();
  const [idle] = listUsages('idle');
  if (idle === undefined) throw new Error('advance-leads did not run');
  // Of wake-ups between events, the entries are those with which events would catch up otherwise, and are counted there.
  // Updates are not: they move a lead that was woken too early in the index.
  const wakeUps = listUsages('between')
    .filter(({ service }) => service === 'score-leads')
    .map(({ service, usage }) => {
      const { consumed } = usage;
      return { service, usage: { ...usage, consumed: { ...consumed, writeUnits: consumed.updateUnits } } };
    });
  const usages = [...listUsages('time'), ...wakeUps].map(({ service, usage }) => ({
    service,
    usage: withFullBatches(usage, service === 'publish-changes' ? sizes.streamBatch : sizes.followBatch),
  }));
  messages['score-leads'] = (messages['score-leads'] ?? 0) + counts.between;
  return {
    flow: {
      events: events.length,
      bytesIn: 0,
      bytesOut: measureEvents(announced),
      announcements: announced.length,
      messages,
      usages,
      stored: 0,
      storedByLead: 0,
      leads: histories.length,
    },
    idleRun: idle.usage,
    announced,
    counts: {
      ...counts,
      busiestHour: Math.max(...byHour) / byHour.reduce((sum, each) => sum + each, 0),
      days: (until - occurredAt(events[0] as SampleEvent)) / dayMs,
      writeUnits: usages.reduce((sum, { usage }) => sum + usage.consumed.writeUnits, 0),
    },
  };
};

import type { StreamRecord } from '../../infra/local/stream-record.ts';
import { type Item, measureItem } from '../../shared/dynamodb/index.ts';
import { leadSortKeyPrefixes } from '../../shared/keys/index.ts';
import {
  type BatchProps,
  generateBatches,
  type History,
  type SampleEvent,
  toSqsEvent,
} from '../pipeline/stream.ts';
import { asEvent } from './as-event.ts';
import type { Deployment } from './deployment.ts';
import { countingService, createRouter, queueServices } from './routes.ts';
import { runBatches } from './run-batches.ts';
import type { FunctionUsage } from './usage.ts';

export interface FlowProps extends BatchProps {
  /** The records in a batch of the stream. */
  readonly streamBatch: number;
  /** The announcements in a batch of a consumer. */
  readonly followBatch: number;
}

/** The resources that a stream of events uses, from the bus to the last announcement. */
export interface Flow {
  readonly events: number;
  /** The bytes that producers put on the bus; `bytesOut` are those that Sluice puts on it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly announcements: number;
  /** The number of messages by the service whose queue received them. */
  readonly messages: Readonly<Record<string, number>>;
  /** The usages in the order in which the functions ran; a service that ran twice has two. */
  readonly usages: readonly { readonly service: string; readonly usage: FunctionUsage }[];
  /** The bytes that remain in the table. */
  readonly stored: number;
  /** The part of them that a lead has once, however many events it has: all but the entries of its ledger. */
  readonly storedByLead: number;
  /** The number of leads. */
  readonly leads: number;
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/**
 * Returns the size of an entry as EventBridge measures it:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
const measureEvent = (event: SampleEvent): number =>
  14 + Buffer.byteLength(`${event['detail-type']}${JSON.stringify(event.detail)}`);

export const measureEvents = (events: readonly SampleEvent[]): number =>
  events.reduce((total, each) => total + measureEvent(each), 0);

/** The bytes that are stored for each item beside its own: https://aws.amazon.com/dynamodb/pricing/on-demand/ */
const bytesBesideItem = 100;

/** Returns the bytes of an item after a change. The size of the record has its keys and its old image in addition. */
const itemBytes = ({ dynamodb: { NewImage } }: StreamRecord): number =>
  NewImage === undefined ? 0 : measureItem(NewImage as Item) + bytesBesideItem;

/** Returns the bytes of the items that exist at the end. */
const storedBytes = (records: readonly StreamRecord[]): number =>
  [
    ...new Map(records.map((record) => [JSON.stringify(record.dynamodb.Keys), itemBytes(record)])).values(),
  ].reduce((sum, bytes) => sum + bytes, 0);

const isEntry = ({ dynamodb: { Keys } }: StreamRecord): boolean =>
  (Keys.sk as { S?: string } | undefined)?.S?.startsWith(leadSortKeyPrefixes.entry) ?? false;

/** A flow, and its announcements in the order in which they were published. */
export interface FlowRun {
  readonly flow: Flow;
  readonly announced: readonly SampleEvent[];
}

/**
 * Runs histories through the deployed functions, connected as in the template: scores them in batches, publishes the
 * changes from the stream, and runs the consumers whose rules match, until nothing more is announced. The funnel isn't
 * counted meanwhile: that has batches of its own (`runCounting`).
 */
export const runFlow = async (
  deployment: Deployment,
  histories: readonly History[],
  props: FlowProps,
): Promise<FlowRun> => {
  const { leadsStream, blueprint } = deployment;
  const deliveries = createRouter(blueprint);
  const usages: { service: string; usage: FunctionUsage }[] = [];
  const messages: Record<string, number> = {};
  const allRecords: StreamRecord[] = [];
  const announced: SampleEvent[] = [];
  const run = async (service: string, batches: Iterable<{ readonly Records: readonly unknown[] }>) => {
    const usage = await runBatches(deployment, service, batches);
    usages.push({ service, usage });
    return usage;
  };

  const publish = async (): Promise<SampleEvent[]> => {
    const records = await leadsStream.read();
    allRecords.push(...records);
    const wanted = records.filter((record) =>
      blueprint.streamMappings.some(({ matches }) => matches(record)),
    );
    if (wanted.length === 0) return [];
    const batches = chunks(wanted, props.streamBatch).map((Records) => ({ Records }));
    const { consumed } = await run('publish-changes', batches);
    const events = consumed.announcements.map(asEvent);
    announced.push(...events);
    return events;
  };

  const follow = async (events: readonly SampleEvent[], services: readonly string[]): Promise<void> => {
    for (const service of services) {
      const own = events.filter((event) => deliveries(event).includes(service));
      messages[service] = (messages[service] ?? 0) + own.length;
      if (own.length > 0) await run(service, chunks(own, props.followBatch).map(toSqsEvent));
    }
  };

  const inbound = histories.flat();
  const followers = queueServices(blueprint).filter(
    (service) => !['score-leads', countingService].includes(service),
  );
  messages['score-leads'] = inbound.length;
  await run('score-leads', Array.from(generateBatches(histories, props), toSqsEvent));
  await follow(inbound, followers);
  for (let events = await publish(); events.length > 0; events = await publish())
    await follow(events, followers);
  const flow: Flow = {
    events: inbound.length,
    bytesIn: measureEvents(inbound),
    bytesOut: measureEvents(announced),
    announcements: announced.length,
    messages,
    usages,
    stored: storedBytes(allRecords),
    storedByLead: storedBytes(allRecords.filter((record) => !isEntry(record))),
    leads: histories.length,
  };
  return { flow, announced };
};

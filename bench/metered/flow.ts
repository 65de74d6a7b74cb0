import type { StreamRecord } from '../../infra/local/stream-record.ts';
import {
  type BatchProps,
  batchesOf,
  type History,
  type SampleEvent,
  toSqsEvent,
} from '../pipeline/stream.ts';
import { asEvent } from './as-event.ts';
import type { Deployment } from './deployment.ts';
import { queueServices, routesOf } from './routes.ts';
import { runBatches } from './run-batches.ts';
import type { FunctionUsage } from './usage.ts';

export interface FlowProps extends BatchProps {
  /** Records of the stream in a batch. */
  readonly streamBatch: number;
  /** Announcements in a batch of those who follow them. */
  readonly followBatch: number;
}

/** What a stream of events takes, from the bus to the last announcement. */
export interface Flow {
  readonly events: number;
  /** Bytes of what was put on the bus: by producers, and by ourselves. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly announcements: number;
  /** Messages by the service whose queue they went to. */
  readonly messages: Readonly<Record<string, number>>;
  /** In the order in which they ran; a service that ran twice is there twice. */
  readonly usages: readonly { readonly service: string; readonly usage: FunctionUsage }[];
  /** Bytes that the table keeps of it. */
  readonly stored: number;
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/** As EventBridge measures: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const bytesOf = (event: SampleEvent): number =>
  14 + Buffer.byteLength(`${event['detail-type']}${JSON.stringify(event.detail)}`);

/** Bytes of the items that are there in the end. */
const storedBytes = (records: readonly StreamRecord[]): number =>
  [
    ...new Map(records.map(({ dynamodb }) => [JSON.stringify(dynamodb.Keys), dynamodb.SizeBytes])).values(),
  ].reduce((sum, bytes) => sum + bytes, 0);

/**
 * Runs histories through the deployed functions, wired as the template says: scored in the batches asked for, announced
 * as the stream tells, followed by those whose rules match, until nothing is announced any more.
 */
export const runFlow = async (
  deployment: Deployment,
  histories: readonly History[],
  props: FlowProps,
): Promise<Flow> => {
  const { leadsStream, blueprint } = deployment;
  const deliveries = routesOf(blueprint);
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
  const followers = queueServices(blueprint).filter((service) => service !== 'score-leads');
  messages['score-leads'] = inbound.length;
  await run('score-leads', Array.from(batchesOf(histories, props), toSqsEvent));
  await follow(inbound, followers);
  for (let events = await publish(); events.length > 0; events = await publish())
    await follow(events, followers);
  const sum = (events: readonly SampleEvent[]): number =>
    events.reduce((total, each) => total + bytesOf(each), 0);
  return {
    events: inbound.length,
    bytesIn: sum(inbound),
    bytesOut: sum(announced),
    announcements: announced.length,
    messages,
    usages,
    stored: storedBytes(allRecords),
  };
};

import type { StreamRecord } from '../../infra/local/stream-record.ts';
import { asEvent } from '../metered/as-event.ts';
import type { Deployment } from '../metered/deployment.ts';
import { createRouter, queueServices } from '../metered/routes.ts';
import { type Batch, runBatches } from '../metered/run-batches.ts';
import {
  generateBatches,
  type History,
  readSample,
  repeated,
  type SampleEvent,
  toSqsEvent,
} from '../pipeline/stream.ts';
import { buildErasure, heavyHistories } from './heavy-events.ts';

/** The work of a function: usual batches, and the largest possible ones. */
export interface Work {
  readonly usual: readonly Batch[];
  readonly most: readonly Batch[];
}

const usualBatches = 20;
const usualStreamBatch = 10;
const usualFollowers = 5;
const mostRecords = 100;
const mostFollowers = 10;

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

const scoreWork = (copy: number): Work => {
  const histories = readSample().map((history) => renamed(history, `m${copy}`));
  const usual = [...generateBatches(histories, { leads: 50, each: 1 })].slice(0, usualBatches);
  const heavy = heavyHistories(50).map((history) => renamed(history, `m${copy}`));
  return { usual: usual.map((events) => toSqsEvent(events)), most: [toSqsEvent(heavy.flat())] };
};

const renamed = (history: History, copy: string): History => {
  const [result] = repeated([history]);
  return (result ?? []).map((event) => ({
    ...event,
    detail: {
      ...event.detail,
      data: { ...event.detail.data, leadId: `${event.detail.data.leadId}.${copy}` },
    },
  }));
};

const collectIds = (batches: readonly Batch[]): string[] => [
  ...new Set(
    batches.flatMap(({ Records }) =>
      Records.map((record) => JSON.parse((record as { body: string }).body).detail.data.leadId as string),
    ),
  ),
];

/** Runs the usual and the largest work of the functions once, and returns the batches that each of them got. */
export const gatherWork = async (deployment: Deployment): Promise<Map<string, Work>> => {
  const { leadsStream, blueprint } = deployment;
  const wanted = async (): Promise<StreamRecord[]> =>
    (await leadsStream.read()).filter((record) =>
      blueprint.streamMappings.some(({ matches }) => matches(record)),
    );
  const score = scoreWork(0);
  await runBatches(deployment, 'score-leads', score.usual);
  const records = await wanted();
  const erasures = collectIds(score.usual).slice(0, 20).map(buildErasure);
  await runBatches(deployment, 'score-leads', [...score.most, toSqsEvent(erasures)]);
  const heavyRecords = await wanted();
  const publish: Work = {
    usual: chunks(records, usualStreamBatch).map((Records) => ({ Records })),
    most: chunks(heavyRecords, mostRecords).map((Records) => ({ Records })),
  };
  const { consumed } = await runBatches(deployment, 'publish-changes', [...publish.usual, ...publish.most]);
  return new Map([
    ['score-leads', score],
    ['publish-changes', publish],
    ...listFollowers(deployment, consumed.announcements.map(asEvent)),
  ]);
};

const listFollowers = ({ blueprint }: Deployment, announced: readonly SampleEvent[]): [string, Work][] => {
  const routes = createRouter(blueprint);
  return queueServices(blueprint)
    .filter(
      (service) => service !== 'score-leads' && announced.some((event) => routes(event).includes(service)),
    )
    .map((service) => {
      const own = announced.filter((event) => routes(event).includes(service));
      const size = (most: number): number => (service === 'erase-lead' ? 1 : most);
      const batches = (most: number) => chunks(own, size(most)).map((events) => toSqsEvent(events));
      return [service, { usual: batches(usualFollowers), most: batches(mostFollowers) }];
    });
};

/**
 * Returns work for another run. That of score-leads has other leads, because it would drop events that are already in
 * the ledger.
 */
export const freshWork = (service: string, work: Work, copy: number): Work =>
  service === 'score-leads' ? scoreWork(copy) : work;

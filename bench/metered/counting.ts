import { type SampleEvent, toSqsEvent } from '../pipeline/stream.ts';
import type { Deployment } from './deployment.ts';
import type { Flow } from './flow.ts';
import { countingService, createRouter } from './routes.ts';
import { runBatches } from './run-batches.ts';

/**
 * Returns an announcement as if it were of one day with all others. The announcements of a batch are, as they arrive
 * within seconds; those of the sample are of months, and each day has a counter of its own.
 */
const onOneDay = (event: SampleEvent): SampleEvent => {
  const { occurredAt, ...metadata } = event.detail.metadata as { readonly occurredAt: string };
  const at = `2026-03-01${occurredAt.slice('2026-03-01'.length)}`;
  return { ...event, detail: { ...event.detail, metadata: { ...metadata, occurredAt: at } } };
};

/** The announcements of one commit of a lead, which come together. */
type Commit = readonly SampleEvent[];

const commitsOf = (events: readonly SampleEvent[]): Commit[] => [
  ...Map.groupBy(events, ({ detail }) => (detail.data as { readonly version?: number }).version).values(),
];

/**
 * Fills batches in turn with one commit of each lead, so that no batch has two of one lead. Among the leads of a million
 * events hardly one changes twice within seconds, while a sample has few leads.
 */
export const fillBatches = (events: readonly SampleEvent[], size: number): SampleEvent[][] => {
  const batches: SampleEvent[][] = [];
  const ofLeads = Map.groupBy(events, ({ detail }) => detail.data.leadId);
  let left: Commit[][] = [...ofLeads.values()].map(commitsOf);
  while (left.length > 0) {
    const batch: SampleEvent[] = [];
    const after: Commit[][] = [];
    for (const [i, commits] of left.entries()) {
      const [first = [], ...others] = commits;
      if (batch.length > 0 && batch.length + first.length > size) {
        left = [...left.slice(i), ...after];
        break;
      }
      batch.push(...first);
      if (others.length > 0) after.push(others);
      if (i === left.length - 1) left = after;
    }
    batches.push(batch);
  }
  return batches;
};

/** The resources that counting the funnel uses. */
export interface Counting {
  readonly flow: Flow;
  /** The number of times that a lead was counted: by all announcements of a commit together. */
  readonly commits: number;
}

const countCommits = (batches: readonly (readonly SampleEvent[])[]): number =>
  batches.reduce((sum, batch) => sum + new Set(batch.map(({ detail }) => detail.data.leadId)).size, 0);

/**
 * Counts the announcements of a flow in the funnel, in batches of a size, and returns the resources that this alone uses.
 *
 * @param size the messages in a batch; 200 as deployed, if enough arrive within its window of ten seconds
 */
export const runCounting = async (
  deployment: Deployment,
  {
    flow,
    announced,
  }: { readonly flow: Pick<Flow, 'events' | 'leads'>; readonly announced: readonly SampleEvent[] },
  size: number,
): Promise<Counting> => {
  const deliveries = createRouter(deployment.blueprint);
  const counted = announced.filter((event) => deliveries(event).includes(countingService)).map(onOneDay);
  const batches = fillBatches(counted, size);
  const usage = await runBatches(deployment, countingService, batches.map(toSqsEvent));
  return {
    commits: countCommits(batches),
    flow: {
      events: flow.events,
      bytesIn: 0,
      bytesOut: 0,
      announcements: 0,
      messages: { [countingService]: counted.length },
      usages: [{ service: countingService, usage }],
      stored: 0,
      storedByLead: 0,
      leads: flow.leads,
    },
  };
};

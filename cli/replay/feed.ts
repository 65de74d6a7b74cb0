import { setTimeout as sleep } from 'node:timers/promises';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { createDynamoDbQuarantine, type Quarantine } from '../../shared/quarantine/index.ts';
import type { Line } from '../entries/read-lines.ts';
import { sortOut } from '../entries/sort-out.ts';
import { CliError } from '../errors.ts';
import { settledOf } from '../stack/counters.ts';
import { isDeadLetterQueue, type RunningStack } from '../stack/run-stack.ts';

/** What one PutEvents takes. */
const mostEntries = 10;

/** Messages in queues before feeding waits: memory stays bounded however long the files are. */
const mostQueued = 5_000;

export interface Fed {
  /** Lines given in. */
  readonly received: number;
  /** Lines that the bus would have refused or ignored, and that were quarantined here. */
  readonly rejected: number;
}

/** Messages that are still to be worked on; what lies in dead-letter queues is not. */
const queuedIn = ({ stack }: RunningStack): number =>
  Object.entries(stack.queues())
    .filter(([name]) => !isDeadLetterQueue(name))
    .reduce((sum, [, { visible, inFlight, delayed }]) => sum + visible + inFlight + delayed, 0);

const put = ({ stack }: RunningStack, entries: readonly PutEventsRequestEntry[]): void => {
  const { FailedEntryCount, Entries } = stack.putEvents(
    entries.map((entry) => ({ ...entry, EventBusName: stack.bus })),
  );
  if (FailedEntryCount === 0) return;
  const first = Entries.find((entry) => 'ErrorCode' in entry);
  throw new CliError('BUS_REFUSED', `the bus refused an event: ${first?.ErrorCode} ${first?.ErrorMessage}`);
};

/** Gives lines to the bus, and to the quarantine what the bus would not hand on, each with its file and line. */
export const feed = async (
  running: RunningStack,
  lines: AsyncIterable<Line> | Iterable<Line>,
  onProgress: (settled: number) => void,
): Promise<Fed> => {
  const quarantine: Quarantine = createDynamoDbQuarantine(running.client, running.quarantineTable);
  let received = 0;
  let rejected = 0;
  let batch: PutEventsRequestEntry[] = [];
  const flush = async () => {
    if (batch.length > 0) put(running, batch);
    batch = [];
    onProgress(rejected + settledOf(running.counters));
    while (queuedIn(running) > mostQueued) {
      await sleep(20);
      onProgress(rejected + settledOf(running.counters));
    }
  };
  for await (const { file, number, text } of lines) {
    received++;
    const where = `${file}:${number}`;
    const now = Date.now();
    const sorted = sortOut(text, where, now);
    if (sorted.kind === 'rejected') {
      rejected++;
      const receivedAt = new Date(now).toISOString();
      await quarantine.store({ body: text, rejection: sorted.rejection, origin: where, receivedAt });
    } else if (batch.push(sorted.entry) >= mostEntries) {
      await flush();
      // The bus is in this very process: let it and the functions have their turn.
      await sleep(0);
    }
  }
  await flush();
  return { received, rejected };
};

/** Waits until the flow is quiet, showing how far it has come. */
export const untilQuiet = async (
  running: RunningStack,
  { rejected }: Fed,
  onProgress: (settled: number) => void,
): Promise<void> => {
  const timer = setInterval(() => onProgress(rejected + settledOf(running.counters)), 100);
  try {
    await running.stack.idle();
  } finally {
    clearInterval(timer);
  }
  onProgress(rejected + settledOf(running.counters));
};

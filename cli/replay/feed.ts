import { setTimeout as sleep } from 'node:timers/promises';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { parseEntry } from '../../shared/entries/index.ts';
import { createDynamoDbQuarantine, type Quarantine } from '../../shared/quarantine/index.ts';
import { type FileEntry, formatOrigin } from '../entries/read-entries.ts';
import { CliError } from '../errors.ts';
import type { Progress } from '../output/progress.ts';
import { countSettled } from '../stack/counters.ts';
import { isDeadLetterQueue, type RunningStack } from '../stack/run-stack.ts';

/** The most entries in one PutEvents request. */
const mostEntries = 10;

/** The most messages in queues before feeding waits, so that memory stays bounded however long the files are. */
const mostQueued = 5_000;

export interface Fed {
  /** The number of events read. */
  readonly received: number;
  /** The number of events that the bus would have refused or ignored, and that were quarantined here. */
  readonly rejected: number;
}

/** Returns the number of messages that are still to be processed, without those in dead-letter queues. */
const countQueued = ({ stack }: RunningStack): number =>
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

/** Puts events on the bus, and those that the bus would refuse or ignore in the quarantine, with their file and line. */
export const feed = async (
  running: RunningStack,
  entries: AsyncIterable<FileEntry> | Iterable<FileEntry>,
  onProgress: (settled: number) => void,
): Promise<Fed> => {
  const quarantine: Quarantine = createDynamoDbQuarantine(running.client, running.quarantineTable);
  let received = 0;
  let rejected = 0;
  let batch: PutEventsRequestEntry[] = [];
  const flush = async () => {
    if (batch.length > 0) put(running, batch);
    batch = [];
    onProgress(rejected + countSettled(running.counters));
    while (countQueued(running) > mostQueued) {
      await sleep(20, undefined, { signal: running.stack.failed });
      onProgress(rejected + countSettled(running.counters));
    }
  };
  for await (const given of entries) {
    received++;
    const now = running.stack.now();
    const parsed = parseEntry(given, now);
    if (parsed.kind === 'rejected') {
      rejected++;
      const receivedAt = new Date(now).toISOString();
      const origin = formatOrigin(given);
      await quarantine.store({ body: given.text, rejection: parsed.rejection, origin, receivedAt });
    } else if (batch.push(parsed.entry) >= mostEntries) {
      await flush();
      // The bus runs in this process: yields to it and to the functions.
      await sleep(0);
    }
  }
  await flush();
  return { received, rejected };
};

/** Waits until the stack has processed all events, and reports the progress. */
export const waitUntilIdle = async (
  running: RunningStack,
  { rejected }: Fed,
  onProgress: (settled: number) => void,
): Promise<void> => {
  const timer = setInterval(() => onProgress(rejected + countSettled(running.counters)), 100);
  try {
    await running.stack.idle();
  } finally {
    clearInterval(timer);
  }
  onProgress(rejected + countSettled(running.counters));
};

/** Feeds events into the stack and waits until all events are processed, with the progress in a bar. */
export const feedWithBar = async (
  running: RunningStack,
  entries: AsyncIterable<FileEntry> | Iterable<FileEntry>,
  bar: Progress,
): Promise<Fed> => {
  try {
    const fed = await feed(running, entries, bar.update);
    await waitUntilIdle(running, fed, bar.update);
    return fed;
  } finally {
    // The bar hides the cursor, which must not stay hidden after a failure.
    bar.stop();
  }
};

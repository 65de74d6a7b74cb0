import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data/data-folder.ts';
import type { Purger } from './data/purge.ts';
import type { DynamoDbWire } from './dynamodb-wire.ts';
import type { Engine } from './engine/engine.ts';
import { LocalStackError, messageOf } from './errors.ts';
import type { FunctionHost } from './function-host.ts';
import type { Gateway } from './gateway.ts';
import type { Queue } from './queue.ts';
import type { QueuePoller } from './queue-poller.ts';
import type { Schedules } from './schedules/schedules.ts';
import type { StreamPoller } from './stream-poller.ts';
import { deleteTable, type Table } from './tables.ts';

const quietCheckMs = 5;

/**
 * The running parts of the stack, in the order in which they started. It is filled step by step, so that a failed start
 * can be undone.
 */
export interface Running {
  dataFolder?: DataFolder;
  /** Removes deleted contents from the data folder. */
  purger?: Purger;
  engine?: Engine;
  wire?: DynamoDbWire;
  gateway?: Gateway;
  schedules?: Schedules;
  readonly tables: Table[];
  readonly hosts: Map<string, FunctionHost>;
  readonly queuePollers: QueuePoller[];
  /** The queues that have a poller. Only these are waited for. */
  readonly polled: Queue[];
  readonly streamPollers: StreamPoller[];
  /** A counter that rises whenever something happens that may leave work to do. */
  activity: number;
  /** Is aborted when the stack can't go on. The reason is the error that says why. */
  readonly failure: AbortController;
  closing?: Promise<void>;
}

const shutDown = async ({
  dataFolder,
  purger,
  engine,
  wire,
  gateway,
  schedules,
  ...running
}: Running): Promise<void> => {
  schedules?.stop();
  const pollers = [...running.streamPollers, ...running.queuePollers].map((poller) => poller.stop());
  await Promise.all([...running.hosts.values()].map((host) => host.close()));
  await gateway?.close();
  if (engine?.external && wire)
    await Promise.allSettled(running.tables.map((table) => deleteTable(wire, table)));
  // Ends the pollers' requests to an engine that doesn't answer any more.
  wire?.close();
  await engine?.stop();
  await Promise.all(pollers);
  // After a failure the files may not be what the databases take them for, and rewriting them could lose data.
  if (!running.failure.signal.aborted) purger?.purge();
  dataFolder?.close();
};

export const close = (running: Running): Promise<void> => {
  running.closing ??= shutDown(running);
  return running.closing;
};

const describeRest = ({ dataFolder }: Running): string => {
  if (dataFolder === undefined) return 'its data was in memory and is lost';
  const { folder, isPresent } = dataFolder;
  return isPresent()
    ? `start it again: all that was accepted is stored in ${folder}`
    : `what it stored is lost, unless you have a copy of ${folder}`;
};

/**
 * Marks the stack as failed: something broke that it can't do without. It accepts nothing from then on, and what it
 * accepted stays in the data folder for the next start. Only the first failure counts, and none while the stack closes.
 */
export const fail = (running: Running, error: unknown): void => {
  if (running.closing !== undefined) return;
  const known = error instanceof LocalStackError;
  const message = `the local stack has ended: ${messageOf(error)}; ${describeRest(running)}`;
  running.failure.abort(known ? new LocalStackError(error.code, message, { cause: error }) : error);
};

const isQuiet = ({ gateway, hosts, polled }: Running): boolean =>
  gateway?.inFlight() === 0 &&
  [...hosts.values()].every((host) => host.running === 0) &&
  polled.every((queue) => queue.isEmpty());

/**
 * Resolves when nothing is left to do. No work can hide: a message stays in its queue until it is deleted, a record in
 * its lane until it is processed or given up, and work that begins while streams are read shows in `activity`.
 */
export const waitUntilIdle = async (running: Running): Promise<void> => {
  for (;;) {
    running.failure.signal.throwIfAborted();
    if (running.closing !== undefined) throw new LocalStackError('STACK_CLOSED', 'the local stack is closed');
    const before = running.activity;
    if (isQuiet(running)) {
      const drained = await Promise.all(running.streamPollers.map((poller) => poller.drained()));
      // Work that began during those reads may have written records that they missed.
      if (drained.every(Boolean) && isQuiet(running) && running.activity === before) return;
    }
    await sleep(quietCheckMs);
  }
};

import { type BusEvent, busEvent } from '../../events/index.ts';
import { createBus } from '../../shared/bus/index.ts';
import { createDynamoDbModelStore } from '../../shared/model-store/index.ts';
import { fullJitter, wait as realWait, type Wait } from '../../shared/retry/index.ts';
import { CliError } from '../errors.ts';
import type { Connection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { staleLeads } from './stale-leads.ts';

export interface RescoreProps {
  readonly modelVersion: string;
  /** The most leads a second. */
  readonly rate: number;
  /** @default a timer */
  readonly wait?: Wait;
  readonly onRequested?: (leads: number) => void;
}

export interface Rescored {
  /** The number of requests sent; a lead that was requested twice counts twice. */
  readonly requested: number;
  readonly passes: number;
}

/** The most events in one PutEvents request. */
const together = 10;

/** The shortest time between two reads of the table, in milliseconds, while requested leads are being judged. */
const pollMs = 1_000;

/** Each check reads the whole table, so the next one waits this many times as long as the last one took. */
const restRatio = 4;

/** The most checks in a row without progress. */
const mostIdlePolls = 60;

const buildRescoreRequest = (
  leadId: string,
  { modelVersion }: RescoreProps,
  pass: string,
  now: number,
): BusEvent =>
  busEvent(
    'LeadRescoreRequested',
    'sluice.rescore',
    { eventId: `rescore-${pass}`, occurredAt: new Date(now).toISOString() },
    { leadId, modelVersion },
  );

const put = async (
  { bus: client, busName, now }: Connection,
  props: RescoreProps,
  leadIds: readonly string[],
  pass: string,
): Promise<void> => {
  const bus = createBus({ client, busName, pause: (n) => realWait(fullJitter(n)) });
  const failed = await bus.publish(leadIds.map((leadId) => buildRescoreRequest(leadId, props, pass, now())));
  if (failed.length > 0) {
    throw new CliError(
      'NOT_ALL_SENT',
      `the bus did not accept ${formatCount(failed.length, 'request')}; run the command again`,
    );
  }
};

/**
 * Requests a rescoring of every lead that another model has judged, at the allowed rate. Returns the number of
 * requests.
 */
const requestAll = async (
  connection: Connection,
  props: RescoreProps,
  pass: string,
  before: number,
): Promise<number> => {
  const { wait = realWait, rate, modelVersion, onRequested } = props;
  let requested = 0;
  let waiting: string[] = [];
  const flush = async () => {
    const leads = waiting;
    waiting = [];
    if (leads.length === 0) return;
    await put(connection, props, leads, pass);
    requested += leads.length;
    onRequested?.(before + requested);
    await wait((leads.length / rate) * 1_000);
  };
  for await (const leadId of staleLeads(connection.dynamodb, connection.leadsTable, modelVersion)) {
    waiting.push(leadId);
    if (waiting.length >= together) await flush();
  }
  await flush();
  return requested;
};

/** Returns the number of leads that another model has judged. */
export const countStale = async (
  { dynamodb, leadsTable }: Connection,
  modelVersion: string,
): Promise<number> => {
  let count = 0;
  for await (const _ of staleLeads(dynamodb, leadsTable, modelVersion)) count++;
  return count;
};

/** Waits until the model has judged all leads, or makes no more progress. Returns the number of leads left. */
const waitUntilJudged = async (
  connection: Connection,
  { modelVersion, wait = realWait }: RescoreProps,
): Promise<number> => {
  let before = Number.POSITIVE_INFINITY;
  for (let idle = 0; ; idle++) {
    const start = Date.now();
    const left = await countStale(connection, modelVersion);
    if (left < before) idle = 0;
    if (left === 0 || idle >= mostIdlePolls) return left;
    before = left;
    await wait(Math.max(pollMs, restRatio * (Date.now() - start)));
  }
};

/** The most passes: leads that are left after so many are not due to concurrent writers. */
const mostPasses = 3;

/**
 * Asserts that a model is in use.
 *
 * @throws CliError if the model has not judged any lead yet
 */
export const assertInUse = async (
  { dynamodb: client, leadsTable: table }: Connection,
  modelVersion: string,
): Promise<void> => {
  const stored = await createDynamoDbModelStore({ client, table }).load(modelVersion);
  if (stored !== undefined) return;
  throw new CliError(
    'MODEL_UNUSED',
    `no lead has been judged by ${modelVersion} yet: deploy it first, and send one event (a version has the form success-ready@4)`,
  );
};

/**
 * Rescores every lead that another model has judged, by requesting it from the running system (I11). Leads that a
 * function with the old model writes meanwhile are requested again.
 *
 * @throws CliError if leads remain that another model has judged
 */
export const rescore = async (connection: Connection, props: RescoreProps): Promise<Rescored> => {
  const { modelVersion } = props;
  let requested = 0;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const sent = await requestAll(connection, props, `${Date.now()}-${pass}`, requested);
    requested += sent;
    if (sent === 0 || (await waitUntilJudged(connection, props)) === 0) return { requested, passes: pass };
  }
  throw new CliError(
    'NOT_RESCORED',
    `${await countStale(connection, modelVersion)} leads are still judged by another model than ${modelVersion}: is ${modelVersion} deployed?`,
  );
};

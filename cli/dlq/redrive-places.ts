import { CliError, UsageError } from '../errors.ts';
import { type Connection, type ConnectOptions, connected } from '../stack/connect.ts';
import { note } from '../text/note.ts';
import { depthOf } from './list-places.ts';
import { type Place, placesNamed, placesOf } from './places.ts';
import { redriveQueue } from './redrive-queue.ts';
import { redriveSetAside } from './redrive-set-aside.ts';
import type { Redriven, RedriveProps } from './redriven.ts';
import { redrivenWords } from './words.ts';

export interface RedriveOptions extends ConnectOptions {
  readonly all?: true;
  /** @default all */
  readonly limit?: number;
  /** Seconds. */
  readonly wait: number;
  readonly dryRun?: true;
  readonly actor: string;
}

const checkNames = (names: readonly string[], all: boolean): void => {
  if (all && names.length > 0) throw new UsageError('given both names and --all; allowed: one of the two');
  if (!all && names.length === 0)
    throw new UsageError('given no names; allowed: names as `sluice dlq list` shows them, or --all');
};

const redriveOne = async (connection: Connection, place: Place, props: RedriveProps): Promise<Redriven> => {
  if (place.kind === 'queue') return redriveQueue(await connection.sqs(), place, props);
  const clients = { s3: await connection.s3(), lambda: await connection.lambda() };
  return redriveSetAside(clients, place, props);
};

/** A line for whoever collects the logs: what was done, by whom and when, and nothing of what was moved. */
const noteRedrive = (place: Place, redriven: Redriven, actor: string): void => {
  const at = new Date().toISOString();
  note(JSON.stringify({ level: 'INFO', message: 'redriven', name: place.name, actor, at, ...redriven }));
};

const sayWhatWould = async (connection: Connection, place: Place, limit: number): Promise<void> => {
  const { waiting } = await depthOf(connection, place);
  const what =
    place.kind === 'queue' ? `messages would be sent to ${place.source}` : 'objects would be published';
  console.log(`${place.name}: ${Math.min(waiting, limit)} of ${waiting} ${what}.`);
};

/** Redrives one place after the other. Gives how much is left in all of them. */
const redriveAll = async (
  connection: Connection,
  places: readonly Place[],
  { limit = Number.POSITIVE_INFINITY, wait, dryRun, actor }: RedriveOptions,
): Promise<number> => {
  let left = 0;
  for (const place of places) {
    if (dryRun) {
      await sayWhatWould(connection, place, limit);
      continue;
    }
    const redriven = await redriveOne(connection, place, { limit, waitMs: wait * 1_000, note });
    console.log(redrivenWords(place, redriven));
    noteRedrive(place, redriven, actor);
    left += redriven.left;
  }
  return left;
};

export const redrivePlaces = async (names: readonly string[], options: RedriveOptions): Promise<void> => {
  checkNames(names, options.all ?? false);
  const left = await connected(options, (connection) => {
    const places = placesOf(connection);
    return redriveAll(connection, options.all ? places : placesNamed(places, names), options);
  });
  if (left > 0)
    throw new CliError(
      'SOMETHING_LEFT',
      `${left} left where they were given up; \`sluice dlq list\` shows where`,
    );
};

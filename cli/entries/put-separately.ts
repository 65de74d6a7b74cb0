import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { putEntries } from '../../shared/bus/index.ts';
import { fullJitter, type Wait, wait } from '../../shared/retry/index.ts';
import type { Connection } from '../stack/connect.ts';

/** Why the bus did not take an entry, by the entry's place among those given. */
export type NotTaken = ReadonlyMap<number, string>;

const isDenial = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'AccessDeniedException';

/** What policies tell entries apart by. */
const rightOf = ({ Source, DetailType }: PutEventsRequestEntry): string =>
  JSON.stringify([Source, DetailType]);

const putAlike = async (
  { bus, busName }: Pick<Connection, 'bus' | 'busName'>,
  entries: readonly PutEventsRequestEntry[],
  pause: Wait,
): Promise<NotTaken> => {
  let why = 'the bus did not take it';
  const onFailedRequest = (error: unknown): void => {
    if (!isDenial(error)) throw error;
    why = `${error.name}: ${error.message}`;
  };
  const named = entries.map((entry) => ({ ...entry, EventBusName: busName }));
  const props = { client: bus, pause: (attempt: number) => pause(fullJitter(attempt)), onFailedRequest };
  return new Map((await putEntries(props, named)).map((index) => [index, why]));
};

/**
 * Puts entries on the bus, those of each source and type in requests of their own: one entry that the caller may not put
 * denies its whole request, and is to hold up no other.
 *
 * @throws what a request fails with, unless it is denied
 */
export const putSeparately = async (
  connection: Pick<Connection, 'bus' | 'busName'>,
  entries: readonly PutEventsRequestEntry[],
  pause: Wait = wait,
): Promise<NotTaken> => {
  const notTaken = new Map<number, string>();
  for (const alike of Map.groupBy(entries.entries(), ([, entry]) => rightOf(entry)).values()) {
    const refused = await putAlike(
      connection,
      alike.map(([, entry]) => entry),
      pause,
    );
    for (const [place, why] of refused) notTaken.set(alike[place]?.[0] ?? place, why);
  }
  return notTaken;
};

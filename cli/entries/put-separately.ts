import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { putEntries } from '../../shared/bus/index.ts';
import { fullJitter, type Wait, wait } from '../../shared/retry/index.ts';
import type { Connection } from '../stack/connect.ts';

/** The reasons why the bus did not accept entries, by the index of the entry. */
export type RefusedEntries = ReadonlyMap<number, string>;

const isDenial = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'AccessDeniedException';

/** Returns the properties of an entry by which policies allow or deny it, as a key. */
const permissionKeyOf = ({ Source, DetailType }: PutEventsRequestEntry): string =>
  JSON.stringify([Source, DetailType]);

const putAlike = async (
  { bus, busName }: Pick<Connection, 'bus' | 'busName'>,
  entries: readonly PutEventsRequestEntry[],
  pause: Wait,
): Promise<RefusedEntries> => {
  let why = 'the bus did not accept it';
  const onFailedRequest = (error: unknown): void => {
    if (!isDenial(error)) throw error;
    why = `${error.name}: ${error.message}`;
  };
  const named = entries.map((entry) => ({ ...entry, EventBusName: busName }));
  const props = { client: bus, pause: (attempt: number) => pause(fullJitter(attempt)), onFailedRequest };
  return new Map((await putEntries(props, named)).map((index) => [index, why]));
};

/**
 * Puts entries on the bus, those of each source and type in requests of their own: one entry that the caller may not
 * put denies its whole request, and must not hold up others.
 *
 * @throws the error of a failed request, unless the request was denied
 */
export const putSeparately = async (
  connection: Pick<Connection, 'bus' | 'busName'>,
  entries: readonly PutEventsRequestEntry[],
  pause: Wait = wait,
): Promise<RefusedEntries> => {
  const refused = new Map<number, string>();
  for (const alike of Map.groupBy(entries.entries(), ([, entry]) => permissionKeyOf(entry)).values()) {
    const reasons = await putAlike(
      connection,
      alike.map(([, entry]) => entry),
      pause,
    );
    for (const [index, why] of reasons) refused.set(alike[index]?.[0] ?? index, why);
  }
  return refused;
};

import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { BusEvent } from '../../events/index.ts';

export interface Bus {
  /** Puts events on the bus. Returns the indexes of those that the bus did not take, after retries. */
  publish(events: readonly BusEvent[]): Promise<number[]>;
}

export interface BusProps {
  readonly client: EventBridgeClient;
  readonly busName: string;
  /** Milliseconds to wait before try number `attempt`. */
  readonly pause: (attempt: number) => Promise<void>;
  /**
   * Hears of a request that failed as a whole, after the SDK's own tries. Its entries count as not taken, and the
   * requests after it are made. What it throws ends the publishing.
   *
   * @default - throws the error on
   */
  readonly onFailedRequest?: (error: unknown) => void;
}

type PutProps = Omit<BusProps, 'busName'>;

/** What one PutEvents takes. Entries may be larger by now, but the sum of 256 KB holds in every region. */
const mostEntries = 10;
const mostBytes = 256 * 1024;
const mostAttempts = 4;

type Indexed = readonly [index: number, entry: PutEventsRequestEntry];

const bytesOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

/** Cuts a list into requests of at most ten entries and 256 KB; an entry that is larger goes alone. */
export const requestsOf = (entries: readonly Indexed[]): Indexed[][] => {
  const requests: Indexed[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = bytesOf(entry[1]);
    const last = requests.at(-1);
    if (last === undefined || last.length >= mostEntries || bytes + size > mostBytes) {
      requests.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return requests;
};

/** PutEvents answers 200 even where it took nothing: each entry has its own ErrorCode. */
const putOnce = async (client: EventBridgeClient, request: readonly Indexed[]): Promise<Indexed[]> => {
  const answer = await client.send(new PutEventsCommand({ Entries: request.map(([, entry]) => entry) }));
  return request.filter((_, i) => answer.Entries?.[i]?.EventId === undefined);
};

const throwOn = (error: unknown): void => {
  throw error;
};

/** Gives the entries that the bus did not take. Those of a request that failed aren't tried again: the SDK has done so. */
const putRequest = async (
  { client, pause, onFailedRequest = throwOn }: PutProps,
  request: readonly Indexed[],
): Promise<readonly Indexed[]> => {
  let left = request;
  try {
    for (let attempt = 0; attempt < mostAttempts && left.length > 0; attempt++) {
      if (attempt > 0) await pause(attempt);
      left = await putOnce(client, left);
    }
  } catch (error) {
    onFailedRequest(error);
  }
  return left;
};

/** Puts entries, in as many requests as it takes. Gives the indexes of those that the bus did not take, after retries. */
export const putEntries = async (
  props: PutProps,
  entries: readonly PutEventsRequestEntry[],
): Promise<number[]> => {
  const failed: number[] = [];
  for (const request of requestsOf(entries.map((entry, index): Indexed => [index, entry]))) {
    failed.push(...(await putRequest(props, request)).map(([index]) => index));
  }
  return failed;
};

/** Returns an event as the entry of a PutEvents request. */
export const putEntryOf = (
  { source, 'detail-type': type, time, detail }: BusEvent,
  busName: string,
): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: source,
  DetailType: type,
  Time: new Date(time),
  Detail: JSON.stringify(detail),
});

export const createBus = ({ busName, ...props }: BusProps): Bus => ({
  publish: (events) =>
    putEntries(
      props,
      events.map((event) => putEntryOf(event, busName)),
    ),
});

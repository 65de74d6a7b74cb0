import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { BusEvent } from '../../events/index.ts';

/** An event bus, for sending. */
export interface Bus {
  /** Puts events on the bus. Returns the indexes of those that the bus refused, after retries. */
  publish(events: readonly BusEvent[]): Promise<number[]>;
}

export interface BusProps {
  readonly client: EventBridgeClient;
  readonly busName: string;
  /** Waits before a retry. @param attempt the number of the retry, from 1 */
  readonly pause: (attempt: number) => Promise<void>;
  /**
   * Called with the error of a request that failed as a whole, after the SDK's own tries. Its entries count as refused,
   * and the requests after it are made. If this throws, the publishing ends.
   *
   * @default - throws the error
   */
  readonly onFailedRequest?: (error: unknown) => void;
}

type PutProps = Omit<BusProps, 'busName'>;

/**
 * The limits of one PutEvents request. Entries may be larger by now, but a total of 256 KB is allowed in every region.
 */
const mostEntries = 10;
const mostBytes = 256 * 1024;
const mostAttempts = 4;

type Indexed = readonly [index: number, entry: PutEventsRequestEntry];

/** Returns the bytes of an entry as EventBridge counts them, with its time. */
export const measureEntry = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

/** Divides a list into requests of at most ten entries and 256 KB. A larger entry has a request of its own. */
const splitRequests = (entries: readonly Indexed[]): Indexed[][] => {
  const requests: Indexed[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = measureEntry(entry[1]);
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

/**
 * Sends a request once, and returns the entries that the bus refused. PutEvents answers 200 even if it took nothing:
 * each entry has its own ErrorCode.
 */
const putOnce = async (client: EventBridgeClient, request: readonly Indexed[]): Promise<Indexed[]> => {
  const answer = await client.send(new PutEventsCommand({ Entries: request.map(([, entry]) => entry) }));
  return request.filter((_, i) => answer.Entries?.[i]?.EventId === undefined);
};

const rethrow = (error: unknown): void => {
  throw error;
};

/**
 * Sends a request, and returns the entries that the bus refused after retries. If the request fails, its entries aren't
 * tried again: the SDK has done so.
 */
const putRequest = async (
  { client, pause, onFailedRequest = rethrow }: PutProps,
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

/** Puts entries in as many requests as necessary. Returns the indexes of those that the bus refused, after retries. */
export const putEntries = async (
  props: PutProps,
  entries: readonly PutEventsRequestEntry[],
): Promise<number[]> => {
  const failed: number[] = [];
  for (const request of splitRequests(entries.map((entry, index): Indexed => [index, entry]))) {
    failed.push(...(await putRequest(props, request)).map(([index]) => index));
  }
  return failed;
};

/** Returns an event as the entry of a PutEvents request. */
export const buildPutEntry = (
  { source, 'detail-type': type, time, detail }: BusEvent,
  busName: string,
): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: source,
  DetailType: type,
  Time: new Date(time),
  Detail: JSON.stringify(detail),
});

/**
 * Creates a bus that puts events by PutEvents and retries those that it refuses.
 *
 * @example
 * const bus = createBus({ client, busName, pause: (attempt) => wait(fullJitter(attempt)) });
 * const refused = await bus.publish([busEvent('LeadErasureRequested', 'crm', metadata, { leadId: 'l-1' })]);
 */
export const createBus = ({ busName, ...props }: BusProps): Bus => ({
  publish: (events) =>
    putEntries(
      props,
      events.map((event) => buildPutEntry(event, busName)),
    ),
});

import { showValue } from '../../events/index.ts';
import {
  type Deliveries,
  type Delivery,
  type DeliveryState,
  deliveryStates,
} from '../../shared/deliveries/index.ts';
import { CliError } from '../errors.ts';

/** Reads a subscription's last deliveries by the instant of their end or next attempt, the newest first. */
export const readNewest = async (
  deliveries: Deliveries,
  subscription: string,
  { state, most }: { readonly state?: DeliveryState | undefined; readonly most: number },
): Promise<Delivery[]> => {
  const states = state === undefined ? deliveryStates : [state];
  const found: { readonly sk: string; readonly time: string }[] = [];
  for (const each of states) {
    let left = most;
    for await (const refs of deliveries.listRefs(subscription, { state: each, newestFirst: true })) {
      found.push(...refs.slice(0, left));
      left -= refs.length;
      if (left <= 0) break;
    }
  }
  const newest = found.sort((a, b) => (a.time > b.time ? -1 : 1)).slice(0, most);
  const read = await Promise.all(newest.map(({ sk }) => deliveries.read(subscription, sk)));
  return read.filter((delivery) => delivery !== undefined);
};

/** Returns the deliveries whose id is this or begins with it. */
const findById = async (deliveries: Deliveries, subscription: string, id: string): Promise<Delivery[]> => {
  const keys: string[] = [];
  for (const state of deliveryStates)
    for await (const refs of deliveries.listRefs(subscription, { state }))
      keys.push(...refs.flatMap(({ sk }) => (sk.split('#').at(-1)?.startsWith(id) ? [sk] : [])));
  const read = await Promise.all([...new Set(keys)].map((sk) => deliveries.read(subscription, sk)));
  return read.filter((delivery) => delivery !== undefined);
};

/**
 * Reads a delivery by its id, or by the beginning of it.
 *
 * @throws CliError if there is none, or more than one
 */
export const readOne = async (
  deliveries: Deliveries,
  subscription: string,
  id: string,
): Promise<Delivery> => {
  const [one, another] = await findById(deliveries, subscription, id);
  if (one === undefined)
    throw new CliError(
      'NO_DELIVERY',
      `${subscription} has no delivery whose id begins with ${showValue(id)}`,
    );
  if (another === undefined) return one;
  throw new CliError(
    'ID_AMBIGUOUS',
    `more than one delivery has an id that begins with ${id}, such as ${one.eventId} and ${another.eventId}; give more of it`,
  );
};

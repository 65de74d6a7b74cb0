import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { getItems, type Item, S, type TableProps, text } from '../dynamodb/index.ts';
import {
  buildDeliveryTimeKey,
  deliveryTimeIndex,
  subscriptionPartition,
  subscriptionStateKey,
} from '../keys/index.ts';
import { type Delivery, type DeliveryState, deliveryStates, type SubscriptionState } from './delivery.ts';
import { parseDelivery, parseSubscriptionState } from './delivery-items.ts';

/** A number of deliveries, which may be the first of more. */
interface DeliveryCount {
  readonly count: number;
  readonly more: boolean;
}

/** The position in a state after which a page begins. */
interface Position {
  readonly sk: string;
  readonly time: string;
}

/** The position of a page: that in each state of which it has had something. */
export type DeliveriesPosition = Readonly<Partial<Record<DeliveryState, Position>>>;

/** A delivery without its content. */
export type DeliveryOutline = Omit<Delivery, 'data' | 'erased'>;

/** Deliveries as people see them, without what was sent. */
export interface DeliveriesOverview {
  readonly readState: (subscription: string) => Promise<SubscriptionState>;
  /** Counts the deliveries in a state, by the index by time, which may lag behind. */
  readonly count: (subscription: string, state: DeliveryState, most: number) => Promise<DeliveryCount>;
  /** Reads a page of deliveries by the instant of their next attempt or their end, the latest first. */
  readonly readPage: (
    subscription: string,
    page: { readonly limit: number; readonly after: DeliveriesPosition | undefined },
  ) => Promise<{
    readonly deliveries: readonly DeliveryOutline[];
    readonly next: DeliveriesPosition | undefined;
  }>;
}

/** The attributes that are read, beside the keys. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const stateAttributes = [
  ...['failures', 'openings', 'failingSince', 'openUntil', 'lastDeliveredAt'],
  ...['lastFailureAt', 'lastFailureReason', 'paused', 'pausedAt'],
] as const;
const outlineAttributes = [
  ...['eventId', 'type', 'occurredAt', 'leadId', 'version', 'ordinal', 'state', 'time', 'plannedAt'],
  ...['tries', 'attempts', 'reason'],
] as const;

type Found = Position & { readonly state: DeliveryState };

/** The latest first. Of one instant they stay as the index has them, or the next page would not begin behind them. */
const byTime = (a: Position, b: Position): number => (a.time === b.time ? 0 : a.time < b.time ? 1 : -1);

/** Creates the overview over a table of deliveries. */
export const createDeliveriesOverview = ({ client, table }: TableProps): DeliveriesOverview => {
  const byState = (subscription: string, state: DeliveryState) => ({
    TableName: table,
    IndexName: deliveryTimeIndex.name,
    KeyConditionExpression: `${deliveryTimeIndex.partitionKey} = :key`,
    ExpressionAttributeValues: { ':key': S(buildDeliveryTimeKey(subscription, state)) },
  });

  const startKey = (subscription: string, state: DeliveryState, { sk, time }: Position): Item => ({
    pk: S(subscriptionPartition(subscription)),
    sk: S(sk),
    [deliveryTimeIndex.partitionKey]: S(buildDeliveryTimeKey(subscription, state)),
    [deliveryTimeIndex.sortKey]: S(time),
  });

  const findNewest = async (
    subscription: string,
    state: DeliveryState,
    limit: number,
    after: Position | undefined,
  ): Promise<Found[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        ...byState(subscription, state),
        Limit: limit,
        ScanIndexForward: false,
        ...(after !== undefined && { ExclusiveStartKey: startKey(subscription, state, after) }),
      }),
    );
    return Items.map((item) => ({
      state,
      sk: text(item, 'sk'),
      time: text(item, deliveryTimeIndex.sortKey),
    }));
  };

  const readOutlines = async (
    subscription: string,
    found: readonly Found[],
  ): Promise<readonly DeliveryOutline[]> => {
    const pk = subscriptionPartition(subscription);
    const keys = found.map(({ sk }) => ({ pk, sk }));
    const items = await getItems({ client, table }, keys, ['pk', 'sk', ...outlineAttributes]);
    const bySortKey = new Map(items.map((item) => [text(item, 'sk'), item]));
    return found.flatMap(({ sk }) => {
      const item = bySortKey.get(sk);
      if (item === undefined) return [];
      const { data: _data, erased: _erased, ...outline } = parseDelivery(item);
      return [outline];
    });
  };

  return {
    async readState(subscription) {
      const [item] = await getItems(
        { client, table },
        [subscriptionStateKey(subscription)],
        ['pk', 'sk', ...stateAttributes],
      );
      return parseSubscriptionState(item);
    },
    async count(subscription, state, most) {
      const { Items = [] } = await client.send(
        new QueryCommand({ ...byState(subscription, state), Limit: most + 1 }),
      );
      return { count: Math.min(Items.length, most), more: Items.length > most };
    },
    async readPage(subscription, { limit, after }) {
      const found = await Promise.all(
        deliveryStates.map((state) => findNewest(subscription, state, limit + 1, after?.[state])),
      );
      const all = found.flat().toSorted(byTime);
      const taken = all.slice(0, limit);
      const last = Object.fromEntries(taken.map(({ state, sk, time }) => [state, { sk, time }]));
      return {
        deliveries: await readOutlines(subscription, taken),
        next: all.length > limit ? { ...after, ...last } : undefined,
      };
    },
  };
};

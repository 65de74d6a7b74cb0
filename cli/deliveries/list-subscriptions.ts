import { paginateScan } from '@aws-sdk/client-dynamodb';
import {
  createDynamoDbDeliveries,
  type DeliveryState,
  deliveryStates,
  type SubscriptionState,
} from '../../shared/deliveries/index.ts';
import { parseSubscriptionPartition } from '../../shared/keys/index.ts';
import type { Connection } from '../stack/connect.ts';

const deliveriesTable = ({ dynamodb: client, output }: Connection) => ({
  client,
  table: output('DeliveriesTableName'),
});

export const openDeliveries = (connection: Connection) =>
  createDynamoDbDeliveries(deliveriesTable(connection));

/** A subscription of which something is stored. */
export interface StoredSubscription {
  readonly name: string;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  readonly standing: SubscriptionState;
}

const isState = (word: string | undefined): word is DeliveryState =>
  deliveryStates.some((state) => state === word);

/** Counts the deliveries of each subscription by state, in one pass over the table. */
const countAll = async (connection: Connection): Promise<Map<string, Record<DeliveryState, number>>> => {
  const { client, table } = deliveriesTable(connection);
  const counts = new Map<string, Record<DeliveryState, number>>();
  const request = {
    TableName: table,
    ProjectionExpression: 'pk, #state',
    ExpressionAttributeNames: { '#state': 'state' },
  };
  for await (const { Items = [] } of paginateScan({ client }, request)) {
    for (const { pk, state } of Items) {
      const name = parseSubscriptionPartition(pk?.S ?? '');
      const found = counts.get(name) ?? { waiting: 0, delivered: 0, failed: 0, superseded: 0 };
      counts.set(name, found);
      if (isState(state?.S)) found[state.S] += 1;
    }
  }
  return counts;
};

/** Lists the subscriptions of which something is stored, by name. */
export const listSubscriptions = async (connection: Connection): Promise<StoredSubscription[]> => {
  const counts = [...(await countAll(connection))].sort(([a], [b]) => (a < b ? -1 : 1));
  const deliveries = openDeliveries(connection);
  return Promise.all(
    counts.map(async ([name, found]) => ({
      name,
      counts: found,
      standing: await deliveries.readState(name),
    })),
  );
};

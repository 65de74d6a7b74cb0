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

/** A subscription that is deployed, or of which something is stored. */
export interface KnownSubscription {
  readonly name: string;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  readonly standing: SubscriptionState;
}

const noneYet: Readonly<Record<DeliveryState, number>> = {
  waiting: 0,
  delivered: 0,
  failed: 0,
  superseded: 0,
};

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
      const found = counts.get(name) ?? { ...noneYet };
      counts.set(name, found);
      if (isState(state?.S)) found[state.S] += 1;
    }
  }
  return counts;
};

/** Returns the names of the subscriptions that are deployed; none if the stack has no deliveries. */
export const listDeployed = ({ outputs }: Pick<Connection, 'outputs'>): readonly string[] =>
  JSON.parse(outputs.SubscriptionNames ?? '[]');

/** Lists the subscriptions that are deployed, and those of which something is stored, by name. */
export const listSubscriptions = async (connection: Connection): Promise<KnownSubscription[]> => {
  const none = listDeployed(connection).map((name) => [name, noneYet] as const);
  const counts = [...new Map([...none, ...(await countAll(connection))])].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const deliveries = openDeliveries(connection);
  return Promise.all(
    counts.map(async ([name, found]) => ({
      name,
      counts: found,
      standing: await deliveries.readState(name),
    })),
  );
};

import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createDeliveriesOverview, type DeliveriesPosition } from '../../../shared/deliveries/index.ts';
import { type Item, N, S } from '../../../shared/dynamodb/index.ts';
import { buildDeliveryTimeKey, subscriptionPartition } from '../../../shared/keys/index.ts';

const time = '2026-03-10T09:30:00.000Z';
const pk = subscriptionPartition('crm');

const buildItem = (leadId: string): Item => ({
  ...{ pk: S(pk), sk: S(`DELIVERY#${leadId}`), state: S('waiting'), time: S(time) },
  ...{ eventId: S(`e-${leadId}`), type: S('LeadTierChanged'), leadId: S(leadId), version: N(1) },
  ...{ ordinal: N(0), occurredAt: S(time), plannedAt: S(time), tries: N(0) },
});

/** Returns a client of a table whose index has items of one instant in an order of its own, as DynamoDB's may. */
const clientOf = (items: readonly Item[]): DynamoDBClient => {
  const query = ({ input }: QueryCommand) => {
    const waiting = input.ExpressionAttributeValues?.[':key']?.S === buildDeliveryTimeKey('crm', 'waiting');
    const { ExclusiveStartKey: after, Limit = 0 } = input;
    const first = after === undefined ? 0 : items.findIndex(({ sk }) => sk?.S === after.sk?.S) + 1;
    return { Items: waiting ? items.slice(first, first + Limit) : [] };
  };
  const get = ({ input }: BatchGetItemCommand) => {
    const [[table, { Keys = [] }] = ['', {}]] = Object.entries(input.RequestItems ?? {});
    const found = items.filter(({ sk }) => Keys.some((key) => key.sk?.S === sk?.S));
    return { Responses: { [table]: found } };
  };
  const send = async (command: object): Promise<unknown> => {
    if (command instanceof QueryCommand) return query(command);
    if (command instanceof BatchGetItemCommand) return get(command);
    throw new Error('the overview only reads');
  };
  return { send } as unknown as DynamoDBClient;
};

it('shows deliveries of one instant once each, in whatever order the index has them', async () => {
  const leads = ['l-3', 'l-1', 'l-4', 'l-0', 'l-2'];
  const overview = createDeliveriesOverview({ client: clientOf(leads.map(buildItem)), table: 'deliveries' });
  const seen: string[] = [];
  let after: DeliveriesPosition | undefined;
  do {
    const page = await overview.readPage('crm', { limit: 2, after });
    seen.push(...page.deliveries.map(({ leadId }) => leadId));
    after = page.next;
  } while (after !== undefined && seen.length < 20);
  expect(seen).toEqual(leads);
});

import { GetItemCommand, paginateQuery, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  B,
  buildUpdate,
  buildUpsert,
  type Item,
  type ItemUpdate,
  isNew,
  N,
  S,
  type TableProps,
  text,
  updateIf,
} from '../dynamodb/index.ts';
import {
  buildDeliveryTimeKey,
  buildPositionKey,
  deliveredKey,
  deliveryKey,
  deliveryTimeIndex,
  type Key,
  leadDeliveriesPrefix,
  mergedLeadKey,
  mergedLeadsPrefix,
  parseDeliveryLead,
  subscriptionPartition,
  subscriptionStateKey,
} from '../keys/index.ts';
import type { Delivery, SubscriptionState, WaitingDelivery } from './delivery.ts';
import {
  appendAttempt,
  parseDelivery,
  parseSubscriptionState,
  plannedItem,
  stateAttributes,
} from './delivery-items.ts';
import { isClosing } from './match.ts';
import type { Deliveries, DeliveryRef, Lease, RefRange } from './store.ts';
import { compareDeliveries, findStrand } from './strand.ts';
import { forgetNotes } from './target-memory.ts';

/** The most deliveries of a lead that are read at once. The rest follow when these have ended. */
const mostWaiting = 50;

/** The most deliveries that a page of the index has. */
const pageSize = 100;

const keyOf = (delivery: Delivery): Key => deliveryKey(delivery.subscription, delivery, delivery.eventId);

/** The attributes of a subscription's state that a worker writes, by their values. Those without a value are removed. */
const stateItem = (state: SubscriptionState): Record<string, Item[string] | undefined> => ({
  failures: N(state.failures),
  openings: N(state.openings),
  failingSince: state.failingSince === undefined ? undefined : S(state.failingSince),
  failingLead: state.failingLead === undefined ? undefined : S(state.failingLead),
  openUntil: state.openUntil === undefined ? undefined : S(state.openUntil),
  lastDeliveredAt: state.lastDeliveredAt === undefined ? undefined : S(state.lastDeliveredAt),
  lastFailureAt: state.lastFailure === undefined ? undefined : S(state.lastFailure.at),
  lastFailureReason: state.lastFailure === undefined ? undefined : S(state.lastFailure.reason.slice(0, 300)),
});

/** Returns the part of an update that sets the attributes with a value, and removes the others. */
const setOrRemove = (
  attributes: Record<string, Item[string] | undefined>,
): Pick<ItemUpdate, 'set' | 'remove'> => {
  const set: Item = {};
  const remove: string[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) remove.push(name);
    else set[name] = value;
  }
  return { set, remove };
};

const isWaiting = { condition: '#state = :waiting', values: { waiting: S('waiting') } } as const;

/** Returns what makes a delivery wait as if it were planned now: its lag and its expiry begin anew. */
const plannedAnew = ({ subscription }: Delivery, now: number): Item => {
  const plannedAt = new Date(now).toISOString();
  return { ...stateAttributes({ subscription, plannedAt }, 'waiting', now), plannedAt: S(plannedAt) };
};

const pauseAttributes = ['paused', 'pausedAt', 'pauseFailures'] as const;

/** Creates the store of deliveries in a table of DynamoDB. */
export const createDynamoDbDeliveries = ({
  client,
  table,
}: Pick<TableProps, 'client' | 'table'>): Deliveries => {
  const getItem = async ({ pk, sk }: Key): Promise<Item | undefined> =>
    (
      await client.send(
        new GetItemCommand({ TableName: table, Key: { pk: S(pk), sk: S(sk) }, ConsistentRead: true }),
      )
    ).Item;

  /** Updates the state of a subscription if a condition holds. Returns it as it is then. */
  const updateState = async (update: Omit<ItemUpdate, 'table'>): Promise<Item | undefined> => {
    try {
      const request = { ...buildUpdate({ table, ...update }), ReturnValues: 'ALL_NEW' as const };
      return (await client.send(new UpdateItemCommand(request))).Attributes;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
      throw error;
    }
  };

  /** Yields the deliveries of a lead in pages, in the order of their keys. */
  async function* queryLead(
    subscription: string,
    leadId: string,
    waiting: boolean,
  ): AsyncGenerator<Delivery[]> {
    let after: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: {
            ':pk': S(subscriptionPartition(subscription)),
            ':prefix': S(leadDeliveriesPrefix(leadId)),
            ...(waiting && { ':waiting': S('waiting') }),
          },
          ...(waiting && {
            FilterExpression: '#state = :waiting',
            ExpressionAttributeNames: { '#state': 'state' },
          }),
          ...(after !== undefined && { ExclusiveStartKey: after }),
        }),
      );
      yield Items.map(parseDelivery);
      after = LastEvaluatedKey;
    } while (after !== undefined);
  }

  const readLead = async (subscription: string, leadId: string): Promise<Delivery[]> =>
    (await Array.fromAsync(queryLead(subscription, leadId, false))).flat().sort(compareDeliveries);

  const readRefs = async (
    subscription: string,
    { state, since, until, newestFirst }: RefRange,
    after: Item | undefined,
  ): Promise<{ refs: DeliveryRef[]; next: Item | undefined }> => {
    const bounds = since === undefined && until === undefined ? '' : ' AND #time BETWEEN :since AND :until';
    const { Items = [], LastEvaluatedKey: next } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: deliveryTimeIndex.name,
        KeyConditionExpression: `#key = :key${bounds}`,
        ExpressionAttributeNames: {
          '#key': deliveryTimeIndex.partitionKey,
          ...(bounds !== '' && { '#time': deliveryTimeIndex.sortKey }),
        },
        ExpressionAttributeValues: {
          ':key': S(buildDeliveryTimeKey(subscription, state)),
          ...(bounds !== '' && { ':since': S(since ?? '0'), ':until': S(until ?? '9') }),
        },
        Limit: pageSize,
        ...(newestFirst && { ScanIndexForward: false }),
        ...(after !== undefined && { ExclusiveStartKey: after }),
      }),
    );
    const refs = Items.map((item) => {
      const sk = text(item, 'sk');
      return { sk, leadId: parseDeliveryLead(sk), time: text(item, deliveryTimeIndex.sortKey) };
    });
    return { refs, next };
  };

  async function* listRefs(subscription: string, range: RefRange): AsyncGenerator<readonly DeliveryRef[]> {
    let after: Item | undefined;
    do {
      const { refs, next } = await readRefs(subscription, range, after);
      yield refs;
      after = next;
    } while (after !== undefined);
  }

  const takeLease = async ({ subscription, owner, until }: Lease, now: number) => {
    const key = subscriptionStateKey(subscription);
    const taken = await updateState({
      key,
      set: { leaseOwner: S(owner), leaseUntil: N(until) },
      remove: ['poked'],
      condition: 'attribute_not_exists(#leaseUntil) OR #leaseUntil < :now',
      values: { now: N(now) },
    });
    if (taken !== undefined) return parseSubscriptionState(taken);
    // It may be about to end, and not have seen what this one was called for.
    await updateIf(client, {
      table,
      key,
      set: { poked: S(owner) },
      condition: 'attribute_exists(#leaseUntil)',
    });
    return undefined;
  };

  const saveState = async ({ subscription, owner, until }: Lease, state: SubscriptionState) => {
    const { paused } = state;
    const { set, remove } = setOrRemove(stateItem(state));
    const saved = await updateState({
      key: subscriptionStateKey(subscription),
      set: { ...set, leaseUntil: N(until) },
      ...(paused !== undefined && {
        setIfAbsent: {
          paused: S(paused.reason),
          pausedAt: S(paused.at),
          pauseFailures: N(state.failures),
        },
      }),
      remove: remove ?? [],
      condition: '#leaseOwner = :owner',
      values: { owner: S(owner) },
    });
    return saved && parseSubscriptionState(saved);
  };

  const release = async ({ subscription, owner }: Lease): Promise<boolean> => {
    const key = subscriptionStateKey(subscription);
    const mine = { condition: '#leaseOwner = :owner', values: { owner: S(owner) } };
    const isReleased = await updateIf(client, {
      table,
      key,
      remove: ['leaseOwner', 'leaseUntil'],
      condition: `${mine.condition} AND attribute_not_exists(#poked)`,
      values: mine.values,
    });
    // If this fails as well, another worker has it.
    return isReleased || !(await updateIf(client, { table, key, remove: ['poked'], ...mine }));
  };

  const noteSending: Deliveries['noteSending'] = ({ subscription, leadId, type, ...position }) => {
    const attribute = `${findStrand(type)}Position`;
    return updateIf(client, {
      table,
      key: deliveredKey(subscription, leadId),
      set: { [attribute]: S(buildPositionKey(position)) },
      condition:
        `(attribute_not_exists(#${attribute}) OR #${attribute} <= :${attribute})` +
        // Of an erased lead, nothing is sent but that its target has to let go of it.
        (isClosing(type) ? '' : ' AND attribute_not_exists(#erased)'),
    });
  };

  /** Marks a lead as erased. What is planned before is found afterwards, and what is planned afterwards finds the mark. */
  const markErased = (subscription: string, leadId: string) =>
    updateIf(client, { table, key: deliveredKey(subscription, leadId), set: { erased: B(true) } });

  const isMarkedErased = async (subscription: string, leadId: string): Promise<boolean> =>
    (await getItem(deliveredKey(subscription, leadId)))?.erased !== undefined;

  const listMerged = async (subscription: string, leadId: string): Promise<readonly string[]> => {
    const prefix = mergedLeadsPrefix(leadId);
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': S(subscriptionPartition(subscription)), ':prefix': S(prefix) },
      },
    );
    const found: string[] = [];
    for await (const { Items = [] } of pages)
      found.push(...Items.map((item) => text(item, 'sk').slice(prefix.length)));
    return found;
  };

  const plan: Deliveries['plan'] = async (planned) => {
    const isPlanned = await updateIf(client, {
      ...buildUpsert(table, plannedItem(planned)),
      condition: isNew,
    });
    const { subscription, leadId, plannedAt } = planned;
    // Also of one that was planned before: whoever did may have gone away before it looked.
    if (isClosing(planned.type) || !(await isMarkedErased(subscription, leadId))) return isPlanned;
    const item = await getItem(deliveryKey(subscription, planned, planned.eventId));
    const delivery = item && parseDelivery(item);
    if (delivery !== undefined && !delivery.erased) await eraseOne(delivery, Date.parse(plannedAt));
    return false;
  };

  const eraseOne = (delivery: Delivery, now: number): Promise<boolean> => {
    const waits = delivery.state === 'waiting';
    return updateIf(client, {
      table,
      key: keyOf(delivery),
      ...(waits && {
        set: { ...stateAttributes(delivery, 'superseded', now), reason: S('the lead was erased') },
      }),
      remove: ['data', ...(waits ? [] : ['reason'])],
      condition: '#state = :was',
      values: { was: S(delivery.state) },
    });
  };

  return {
    plan,
    readState: async (subscription) =>
      parseSubscriptionState(await getItem(subscriptionStateKey(subscription))),
    takeLease,
    saveState,
    release,
    listRefs,
    readWaiting: async (subscription, leadId) => {
      const found: Delivery[] = [];
      for await (const page of queryLead(subscription, leadId, true)) {
        found.push(...page);
        if (found.length >= mostWaiting) break;
      }
      return found.sort(compareDeliveries).slice(0, mostWaiting) as WaitingDelivery[];
    },
    readLead,
    read: async (subscription, sk) => {
      const item = await getItem({ pk: subscriptionPartition(subscription), sk });
      return item && parseDelivery(item);
    },
    noteSending,
    end: (delivery, { state, at, attempt, reason }) =>
      updateIf(client, {
        table,
        key: keyOf(delivery),
        set: {
          ...stateAttributes(delivery, state, at),
          ...(attempt !== undefined && { attempts: appendAttempt(delivery.attempts, attempt) }),
          ...(reason !== undefined && { reason: S(reason.slice(0, 300)) }),
        },
        ...isWaiting,
      }),
    retry: (delivery, { attempt, tries, at }) =>
      updateIf(client, {
        table,
        key: keyOf(delivery),
        set: {
          ...stateAttributes(delivery, 'waiting', at),
          attempts: appendAttempt(delivery.attempts, attempt),
          tries: N(tries),
        },
        ...isWaiting,
      }),
    postpone: (delivery, at) =>
      updateIf(client, {
        table,
        key: keyOf(delivery),
        set: stateAttributes(delivery, 'waiting', at),
        ...isWaiting,
      }),
    eraseLead,
    noteMerge: async (subscription, { leadId, mergedInto }, now) => {
      const key = mergedLeadKey(subscription, mergedInto, leadId);
      await updateIf(client, { table, key, set: { notedAt: S(new Date(now).toISOString()) } });
      // The erasure may have come before the merge.
      return (await isMarkedErased(subscription, mergedInto)) ? eraseLead(subscription, leadId, now) : 0;
    },
    pause: (subscription, now) =>
      updateIf(client, {
        table,
        key: subscriptionStateKey(subscription),
        set: { paused: S('by-hand'), pausedAt: S(new Date(now).toISOString()), pauseFailures: N(0) },
        condition: 'attribute_not_exists(#paused)',
      }),
    resume: (subscription) =>
      updateIf(client, {
        table,
        key: subscriptionStateKey(subscription),
        set: { failures: N(0), openings: N(0) },
        remove: [...pauseAttributes, 'failingSince', 'failingLead', 'openUntil'],
        condition: 'attribute_exists(#paused)',
      }),
    forgetSent: async (subscription, leadId) => {
      await forgetNotes({ client, table }, subscription, leadId);
      await updateIf(client, {
        table,
        key: deliveredKey(subscription, leadId),
        remove: ['leadPosition', 'handoffPosition', 'nurturePosition'],
      });
    },
    renew: (delivery, now) =>
      updateIf(client, {
        table,
        key: keyOf(delivery),
        set: { ...plannedAnew(delivery, now), tries: N(0) },
        ...isWaiting,
      }),
    replay: (delivery, now) =>
      updateIf(client, {
        table,
        key: keyOf(delivery),
        set: { ...plannedAnew(delivery, now), tries: N(0) },
        remove: ['reason'],
        condition: 'attribute_exists(#data)',
      }),
  };

  /** Erases the deliveries of one lead. */
  async function eraseDeliveries(subscription: string, leadId: string, now: number): Promise<number> {
    let erased = 0;
    await markErased(subscription, leadId);
    for (const delivery of await readLead(subscription, leadId)) {
      if (delivery.erased || isClosing(delivery.type)) continue;
      // It may just have ended: then it is read once more.
      const isErased = (await eraseOne(delivery, now)) || (await eraseAgain(delivery, now));
      if (isErased) erased += 1;
    }
    await forgetNotes({ client, table }, subscription, leadId);
    return erased;
  }

  async function eraseLead(subscription: string, leadId: string, now: number): Promise<number> {
    let erased = 0;
    const leads = new Set([leadId]);
    // Iterating over a set includes what is added meanwhile.
    for (const id of leads) {
      erased += await eraseDeliveries(subscription, id, now);
      for (const merged of await listMerged(subscription, id)) leads.add(merged);
    }
    return erased;
  }

  async function eraseAgain(delivery: Delivery, now: number): Promise<boolean> {
    const item = await getItem(keyOf(delivery));
    return item !== undefined && eraseOne(parseDelivery(item), now);
  }
};

import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../../shared/dynamodb/index.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import type { Offer } from '../load/offer.ts';
import { watchEnding } from '../run.ts';

/** The time that a lead took on its way, in milliseconds from when its event was put on the bus. */
export interface Passage {
  /** The time until its event was in the ledger. */
  readonly recordedMs: number;
  /** The time until the announcement was followed: its nurture track is stored. */
  readonly followedMs: number;
  /** Whether the stack was killed meanwhile. */
  readonly wasInterrupted: boolean;
}

export interface ProbeProps {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly send: (offer: Offer) => void;
  readonly life: () => number;
  readonly whenUp: () => Promise<void>;
  readonly signal: AbortSignal;
}

const everyMs = 1_500;
const pollMs = 10;
const patienceMs = 120_000;

/** Returns the event of a new lead that this one event puts on a nurture track. */
const probeOffer = (number: number): Offer => ({
  fate: 'recorded',
  entry: {
    source: 'probe',
    'detail-type': 'LeadActivityRecorded',
    time: '2024-06-01T09:00:00Z',
    detail: {
      metadata: {
        eventId: `probe-${number}`,
        occurredAt: '2024-06-01T09:00:00.000Z',
        schemaVersion: 1,
      },
      data: { leadId: `probe-${number}`, activity: 'demo_requested' },
    },
  },
});

const readItems = async ({ dynamodb, table }: ProbeProps, leadId: string): Promise<readonly Item[]> => {
  const query = new QueryCommand({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': S(leadKey(leadId)) },
  });
  // While the stack is down the request fails.
  const answer = await dynamodb.send(query).catch(() => undefined);
  return answer?.Items ?? [];
};

const pass = async (props: ProbeProps, number: number): Promise<Passage | undefined> => {
  await props.whenUp();
  const life = props.life();
  const sentAt = Date.now();
  props.send(probeOffer(number));
  let recordedMs: number | undefined;
  while (Date.now() - sentAt < patienceMs) {
    await sleep(pollMs, undefined, { signal: props.signal });
    const items = await readItems(props, `probe-${number}`);
    const tookMs = Date.now() - sentAt;
    if (items.some(({ sk }) => sk?.S === 'STATE')) recordedMs ??= tookMs;
    if (recordedMs !== undefined && items.some(({ sk, track }) => sk?.S === 'NURTURE' && track)) {
      return { recordedMs, followedMs: tookMs, wasInterrupted: life !== props.life() };
    }
  }
  return undefined;
};

/** Sends one lead after the other through the whole system, and measures each. */
export const probe = async (props: ProbeProps, until: Promise<unknown>): Promise<readonly Passage[]> => {
  const isOver = watchEnding(until);
  const passages: Passage[] = [];
  for (let number = 1; !isOver(); number++) {
    const passage = await pass(props, number);
    if (passage !== undefined) passages.push(passage);
    await sleep(everyMs, undefined, { signal: props.signal });
  }
  return passages;
};

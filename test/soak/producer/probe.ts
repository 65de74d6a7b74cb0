import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../../shared/dynamodb/index.ts';
import { leadKey } from '../../../shared/keys/index.ts';
import type { Offer } from '../load/offer.ts';
import { endingOf } from '../run.ts';

/** How long a lead took on its way, in milliseconds from when it was put on the bus. */
export interface Passage {
  /** Until its event was in the ledger. */
  readonly recordedMs: number;
  /** Until what was announced of it was followed: its nurture track is kept. */
  readonly followedMs: number;
  /** The stack was killed meanwhile. */
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
const lookMs = 10;
const patienceMs = 120_000;

/** A lead of its own, that one event puts on a nurture track. */
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

const itemsOf = async ({ dynamodb, table }: ProbeProps, leadId: string): Promise<readonly Item[]> => {
  const query = new QueryCommand({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': S(leadKey(leadId)) },
  });
  // While the stack is down there is nobody to ask.
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
    await sleep(lookMs, undefined, { signal: props.signal });
    const items = await itemsOf(props, `probe-${number}`);
    const tookMs = Date.now() - sentAt;
    if (items.some(({ sk }) => sk?.S === 'STATE')) recordedMs ??= tookMs;
    if (recordedMs !== undefined && items.some(({ sk, track }) => sk?.S === 'NURTURE' && track)) {
      return { recordedMs, followedMs: tookMs, wasInterrupted: life !== props.life() };
    }
  }
  return undefined;
};

/** Sends one lead after the other through the whole loop, and watches where it is. */
export const probe = async (props: ProbeProps, until: Promise<unknown>): Promise<readonly Passage[]> => {
  const isOver = endingOf(until);
  const passages: Passage[] = [];
  for (let number = 1; !isOver(); number++) {
    const passage = await pass(props, number);
    if (passage !== undefined) passages.push(passage);
    await sleep(everyMs, undefined, { signal: props.signal });
  }
  return passages;
};

import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../events/index.ts';
import { createBus } from '../../../shared/bus/index.ts';

const eventBridge = mockClient(EventBridgeClient);
const pauses: number[] = [];
const props = {
  client: new EventBridgeClient({ region: 'eu-central-1' }),
  busName: 'leads',
  pause: async (attempt: number) => void pauses.push(attempt),
};
const bus = createBus(props);

const buildEntry = (name: string, padding = ''): BusEvent => ({
  source: 'sluice',
  'detail-type': 'LeadTierChanged',
  time: '2026-03-01T09:00:00.000Z',
  detail: {
    metadata: { eventId: name, occurredAt: '2026-03-01T09:00:00.000Z', schemaVersion: 1 },
    data: padding,
  },
});
const entries = (count: number, padding = ''): BusEvent[] =>
  Array.from({ length: count }, (_, i) => buildEntry(`e-${i}`, padding));

const readEventId = ({ Detail = '' }: PutEventsRequestEntry): string => JSON.parse(Detail).metadata.eventId;

/** Returns the requests that were made, each as the ids of its entries. */
const requests = (): string[][] =>
  eventBridge
    .commandCalls(PutEventsCommand)
    .map(({ args: [{ input }] }) => (input.Entries ?? []).map(readEventId));

/** Answers as EventBridge does: 200, with an error for each entry that it refuses. */
const answerWith = (isTaken: (name: string, request: number) => boolean) => {
  let request = -1;
  eventBridge.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
    request++;
    const answers = Entries.map((entry) =>
      isTaken(readEventId(entry), request) ? { EventId: 'x' } : { ErrorCode: 'ThrottlingException' },
    );
    return {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    };
  });
};

beforeEach(() => {
  eventBridge.reset();
  pauses.length = 0;
});

describe('publishing', () => {
  it('puts each entry on the bus in the form of its contract', async () => {
    answerWith(() => true);
    expect(await bus.publish([buildEntry('e-1')])).toEqual([]);
    expect(eventBridge.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries).toEqual([
      {
        EventBusName: 'leads',
        Source: 'sluice',
        DetailType: 'LeadTierChanged',
        Time: new Date('2026-03-01T09:00:00.000Z'),
        Detail: JSON.stringify(buildEntry('e-1').detail),
      },
    ]);
  });

  it('sends no request when there is nothing to publish', async () => {
    expect(await bus.publish([])).toEqual([]);
    expect(requests()).toEqual([]);
  });

  it('puts at most ten entries into a request, in their order', async () => {
    answerWith(() => true);
    await bus.publish(entries(23));
    expect(requests().map((request) => request.length)).toEqual([10, 10, 3]);
    expect(requests().flat()).toEqual(entries(23).map(({ detail }) => detail.metadata.eventId));
  });

  it('puts at most 256 KB into a request, counted in bytes and not in characters', async () => {
    answerWith(() => true);
    // 30,000 characters of two bytes: four of these fit, five do not.
    await bus.publish(entries(9, 'é'.repeat(30_000)));
    expect(requests().map((request) => request.length)).toEqual([4, 4, 1]);
    for (const { args } of eventBridge.commandCalls(PutEventsCommand)) {
      const sent = args[0].input.Entries ?? [];
      const bytes = sent.reduce((sum, { Detail = '' }) => sum + Buffer.byteLength(Detail), 0);
      expect(bytes).toBeLessThan(256 * 1024);
    }
  });

  it('sends an entry that is larger than a request alone, so that no other fails with it', async () => {
    answerWith(() => true);
    await bus.publish([buildEntry('a'), buildEntry('large', 'x'.repeat(300_000)), buildEntry('b')]);
    expect(requests()).toEqual([['a'], ['large'], ['b']]);
  });
});

describe('an entry that the bus refused', () => {
  it('is sent again, alone, after a pause; accepted entries are not', async () => {
    answerWith((name, request) => name !== 'e-1' || request === 2);
    expect(await bus.publish(entries(3))).toEqual([]);
    expect(requests()).toEqual([['e-0', 'e-1', 'e-2'], ['e-1'], ['e-1']]);
    expect(pauses).toEqual([1, 2]);
  });

  it('is given up after four tries, and identified by its index among all entries', async () => {
    answerWith((name) => name !== 'e-3' && name !== 'e-12');
    expect(await bus.publish(entries(14))).toEqual([3, 12]);
    expect(requests().filter((request) => request.includes('e-12'))).toHaveLength(4);
  });

  it('does not delay the requests after it', async () => {
    answerWith((name) => name !== 'e-0');
    expect(await bus.publish(entries(12))).toEqual([0]);
    expect(requests().at(-1)).toEqual(['e-10', 'e-11']);
  });

  it('counts as refused if the answer has nothing about it', async () => {
    eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    expect(await bus.publish(entries(2))).toEqual([0, 1]);
  });
});

describe('a request that fails as a whole', () => {
  const denied = new Error('denied');
  const failFirst = () =>
    eventBridge
      .on(PutEventsCommand)
      .rejectsOnce(denied)
      .resolves({ Entries: [{ EventId: 'x' }] });

  it('ends the publishing with its error if there is no callback', async () => {
    failFirst();
    await expect(bus.publish(entries(11))).rejects.toThrow('denied');
    expect(requests()).toHaveLength(1);
  });

  it('is passed to the callback, is not retried, and does not stop later requests; its entries count as refused', async () => {
    failFirst();
    const errors: unknown[] = [];
    const reporting = createBus({ ...props, onFailedRequest: (error) => errors.push(error) });
    expect(await reporting.publish(entries(11))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(errors).toEqual([denied]);
    expect(requests().map(({ length }) => length)).toEqual([10, 1]);
  });

  it('leaves entries accepted that its first try put, if only the second try fails', async () => {
    eventBridge
      .on(PutEventsCommand)
      .resolvesOnce({ Entries: [{ EventId: 'x' }, { ErrorCode: 'ThrottlingException' }] })
      .rejects(denied);
    const reporting = createBus({ ...props, onFailedRequest: () => {} });
    expect(await reporting.publish(entries(2))).toEqual([1]);
  });
});

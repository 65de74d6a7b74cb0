import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { takeRequests } from '../../functions/take-requests/take-requests.ts';
import type { GatewayRequest } from '../../shared/api/index.ts';
import { createBus } from '../../shared/bus/index.ts';
import { lambdaHandler } from '../../shared/lambda/index.ts';
import { createDynamoDbRequests } from '../../shared/requests/index.ts';
import type { Measure } from '../measure.ts';
import { context } from '../pipeline/function.ts';
import { readSample, type SampleEvent } from '../pipeline/stream.ts';
import { createClient } from '../pipeline/tables.ts';
import { interleave, median, rateOnOneCore, ratios, spread } from '../rounds.ts';
import { withBusServer } from './with-bus-server.ts';

type SourcedEvent = SampleEvent & { readonly source: string };

/** The CPU time of a turn, in milliseconds. */
const turnMs = 1_000;

const busName = 'bench';

/** The most entries that one PutEvents request takes. */
const entriesARequest = 10;

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.floor(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/** Returns a request as the API for services passes it, with its events as JSON. */
const toRequest = (events: readonly SourcedEvent[]): GatewayRequest => ({
  routeKey: 'POST /api/events',
  rawPath: '/api/events',
  headers: { 'content-type': 'application/json' },
  requestContext: {
    requestId: 'request',
    http: { method: 'POST' },
    authorizer: { iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/bench/bench' } },
  },
  body: JSON.stringify(events),
});

const toPutEntry = ({ source, 'detail-type': type, time, detail }: SourcedEvent): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: source,
  DetailType: type,
  Time: new Date(time),
  Detail: JSON.stringify(detail),
});

/** Returns the function as its handler composes it, including logs and metrics. */
const takeOn = (bus: EventBridgeClient) => {
  // Without an idempotency key nothing is stored, so that no engine is needed.
  const client = createClient({ region: 'eu-central-1' });
  const handler = lambdaHandler(
    takeRequests({
      client,
      leadsTable: 'leads',
      requests: createDynamoDbRequests({ client, table: 'requests', now: Date.now }),
      bus: createBus({ client: bus, busName, pause: async () => undefined }),
      anchors: { list: async () => [], read: async () => undefined },
      now: Date.now,
      newId: randomUUID,
    }),
  );
  return async (request: GatewayRequest, events: number): Promise<void> => {
    const { statusCode, body } = await handler(request, context());
    assert.equal(statusCode, 200);
    assert.equal(JSON.parse(body).accepted, events);
  };
};

/** Returns a turn that goes through work over and over, and measures how many events a second one core does. */
const turn = <T>(all: readonly T[], events: number, work: (one: T) => Promise<unknown>) => {
  let next = 0;
  return () => rateOnOneCore(turnMs, events, () => work(all[next++ % all.length] as T).then(() => undefined));
};

/**
 * Measures how many events `POST /api/events` takes in beside PutEvents of the same events without Sluice's code, both by
 * the same client, against a server that accepts everything. Both are measured in CPU time without that of the server.
 */
export const postEvents = (rounds: number): Promise<Measure[]> =>
  withBusServer(async (endpoint) => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const bus = new EventBridgeClient({ endpoint, region: 'eu-central-1', credentials });
    const events = readSample().flat() as SourcedEvent[];
    const take = takeOn(bus);
    const put = (some: readonly SourcedEvent[]) =>
      bus.send(new PutEventsCommand({ Entries: some.map(toPutEntry) }));
    const posting = (size: number) =>
      turn(chunks(events, size).map(toRequest), size, (request) => take(request, size));
    const putting = (size: number) => turn(chunks(events, size), size, put);
    const measured = await interleave(rounds, {
      five: posting(500),
      tens: putting(entriesARequest),
      one: posting(1),
      ones: putting(1),
    });
    const build = (of: string, size: number, own: readonly number[], bare: readonly number[]): Measure => ({
      name: `POST /api/events with ${of}, events a second against PutEvents alone`,
      value: median(ratios(own, bare)),
      unit: 'times',
      details: {
        'events/s on one core': median(own),
        'requests/s on one core': median(own) / size,
        'PutEvents alone, events/s on one core': median(bare),
        spread: spread(ratios(own, bare)),
      },
    });
    return [
      build('500 events', 500, measured.five, measured.tens),
      build('one event', 1, measured.one, measured.ones),
    ];
  });

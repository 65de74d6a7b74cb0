import assert from 'node:assert/strict';
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { apiLimits } from '../../events/api/index.ts';
import { answerQueries } from '../../functions/answer-queries/answer-queries.ts';
import type { GatewayAnswer, GatewayRequest } from '../../shared/api/index.ts';
import { S } from '../../shared/dynamodb/index.ts';
import { leadKey, leadSortKeys } from '../../shared/keys/index.ts';
import { lambdaHandler } from '../../shared/lambda/index.ts';
import { createFixedModels } from '../../shared/model-store/index.ts';
import type { Measure } from '../measure.ts';
import { context, model, scoreLeadsOn } from '../pipeline/function.ts';
import { readSample, toSqsEvent } from '../pipeline/stream.ts';
import { createClient, withTables } from '../pipeline/tables.ts';
import { median, quantile } from '../rounds.ts';
import { phasesOf } from './phases.ts';
import { postEvents } from './post-events.ts';

const table = 'leads';

/** The reads of each kind in a round. */
const readsARound = 300;

/** Scores the sample stream, and returns the ids of its leads. */
const storeLeads = async (client: DynamoDBClient): Promise<string[]> => {
  const score = scoreLeadsOn(client, table);
  const histories = readSample();
  for (const history of histories) {
    for (let i = 0; i < history.length; i += 50) await score(toSqsEvent(history.slice(i, i + 50)));
  }
  return histories.flatMap(([first]) => first?.detail.data.leadId ?? []);
};

/** Returns a request as the API for services passes it. */
const toRequest = (id: string): GatewayRequest => ({
  routeKey: 'GET /api/leads/{id}',
  rawPath: `/api/leads/${id}`,
  headers: {},
  pathParameters: { id },
  requestContext: {
    requestId: 'request',
    http: { method: 'GET' },
    authorizer: { iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/bench/bench' } },
  },
});

/** Returns the function as its handler composes it, including logs and metrics. */
const answerOn = (client: DynamoDBClient): ((id: string) => Promise<GatewayAnswer>) => {
  const handler = lambdaHandler(
    answerQueries({
      client,
      leadsTable: table,
      identitiesTable: 'identities',
      requests: { readCursorSecret: async () => Buffer.alloc(32) },
      models: createFixedModels(model),
      now: Date.now,
    }),
  );
  return async (id) => {
    const answer = await handler(toRequest(id), context());
    assert.equal(answer.statusCode, 200);
    return answer;
  };
};

/** The time of one piece of work, in milliseconds: elapsed, and CPU time of this process. */
interface Times {
  readonly wall: number;
  readonly cpu: number;
}

const timed = async (work: () => Promise<unknown>): Promise<Times> => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1_000 };
};

/** Returns the request by which the API reads a lead: its state with its hand-offs and its nurture. */
const toQuery = (id: string): QueryCommand =>
  new QueryCommand({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :lead AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':lead': S(leadKey(id)),
      ':from': S(leadSortKeys.handoffPointer),
      ':to': S(leadSortKeys.state),
    },
    ScanIndexForward: false,
    Limit: apiLimits.itemsRead,
  });

/**
 * Measures how long a request for a lead takes beside the bare read of the same items by the same client. The two take
 * turns, read by read, so that disturbances of the machine affect both alike. Each read is of another lead than the one
 * before it, so that nothing but the model can be remembered.
 */
const getLeads = (rounds: number): Promise<Measure> =>
  withTables(async ({ config, create }) => {
    await create(table);
    const client = createClient(config);
    const ids = await storeLeads(client);
    const answer = answerOn(client);
    const bare: Times[] = [];
    const answered: Times[] = [];
    const bytes: number[] = [];
    for (let read = 0; read < (rounds + 1) * readsARound; read++) {
      const id = ids[read % ids.length] as string;
      const times = [
        await timed(() => client.send(toQuery(id))),
        await timed(async () => bytes.push((await answer(id)).body.length)),
      ] as const;
      // The first round warms up.
      if (read < readsARound) continue;
      bare.push(times[0]);
      answered.push(times[1]);
    }
    const walls = (times: readonly Times[]): number[] => times.map(({ wall }) => wall);
    const cpus = (times: readonly Times[]): number[] => times.map(({ cpu }) => cpu);
    return {
      name: 'GET /api/leads/{id}, 99th percentile, against the bare read of its items',
      value: quantile(walls(answered), 0.99) / quantile(walls(bare), 0.99),
      unit: 'times',
      limit: { atMost: 2 },
      details: {
        'request, ms': quantile(walls(answered), 0.99),
        'bare read, ms': quantile(walls(bare), 0.99),
        'median of requests, ms': median(walls(answered)),
        'median of bare reads, ms': median(walls(bare)),
        'median of requests, CPU ms without the engine': median(cpus(answered)),
        'median of bare reads, CPU ms without the engine': median(cpus(bare)),
        'median of answers, bytes': median(bytes),
        ...(await phasesOf(client, table, ids)),
      },
    };
  });

/** Measures the API: how long a request for a lead takes, and how many events it takes in. */
export const api = async (rounds: number): Promise<Measure[]> => [
  await getLeads(rounds),
  ...(await postEvents(rounds)),
];

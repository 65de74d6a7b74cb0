import assert from 'node:assert/strict';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { answerQueries } from '../../functions/answer-queries/answer-queries.ts';
import type { GatewayAnswer, GatewayRequest } from '../../shared/api/index.ts';
import { S } from '../../shared/dynamodb/index.ts';
import { stateKey } from '../../shared/keys/index.ts';
import { lambdaHandler } from '../../shared/lambda/index.ts';
import type { Measure } from '../measure.ts';
import { context, model, scoreLeadsOn } from '../pipeline/function.ts';
import { readSample, toSqsEvent } from '../pipeline/stream.ts';
import { createClient, withTables } from '../pipeline/tables.ts';
import { median, quantile } from '../rounds.ts';
import { phasesOf } from './phases.ts';

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
      requests: { readCursorSecret: async () => Buffer.alloc(32) },
      model,
      now: Date.now,
    }),
  );
  return async (id) => {
    const answer = await handler(toRequest(id), context());
    assert.equal(answer.statusCode, 200);
    return answer;
  };
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/**
 * Measures how long a request for a lead takes beside the bare read of its state from the same engine. The two take
 * turns, read by read, so that disturbances of the machine affect both alike. Each read is of another lead than the one
 * before it, so that nothing but the model can be remembered.
 */
export const api = (rounds: number): Promise<Measure[]> =>
  withTables(async ({ config, create }) => {
    await create(table);
    const client = createClient(config);
    const ids = await storeLeads(client);
    const answer = answerOn(client);
    const readBare = ({ pk, sk }: ReturnType<typeof stateKey>) =>
      client.send(
        new GetItemCommand({ TableName: table, ConsistentRead: true, Key: { pk: S(pk), sk: S(sk) } }),
      );
    const bare: number[] = [];
    const answered: number[] = [];
    const bytes: number[] = [];
    for (let read = 0; read < (rounds + 1) * readsARound; read++) {
      const id = ids[read % ids.length] as string;
      const times = [
        await timed(() => readBare(stateKey(id))),
        await timed(async () => bytes.push((await answer(id)).body.length)),
      ] as const;
      // The first round warms up.
      if (read < readsARound) continue;
      bare.push(times[0]);
      answered.push(times[1]);
    }
    return [
      {
        name: 'GET /api/leads/{id}, 99th percentile, against the bare read of the state',
        value: quantile(answered, 0.99) / quantile(bare, 0.99),
        unit: 'times',
        limit: { atMost: 2 },
        details: {
          'request, ms': quantile(answered, 0.99),
          'bare read, ms': quantile(bare, 0.99),
          'median of requests, ms': median(answered),
          'median of bare reads, ms': median(bare),
          'median of answers, bytes': median(bytes),
          ...(await phasesOf(client, table, ids)),
        },
      },
    ];
  });

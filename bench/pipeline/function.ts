import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { scoreLeads } from '../../functions/score-leads/score-leads.ts';
import { lambdaHandler } from '../../shared/lambda/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import { type ActiveModels, createActiveModels } from '../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { wait } from '../../shared/retry/index.ts';
import { parseModel } from '../../shared/scoring/index.ts';

const file = new URL('../../models/success-ready.json', import.meta.url);
/** The model by which leads are judged. */
export const model = parseModel(readFileSync(file, 'utf8'), 'models/success-ready.json');

export const context = (): Context => ({
  awsRequestId: randomUUID(),
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'score-leads',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:score-leads',
  logGroupName: '/aws/lambda/score-leads',
  logStreamName: 'bench',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 30_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

/**
 * Returns the function as its handler composes it, including logs and metrics, with a given client and table.
 *
 * @param models in place of those of the table
 */
export const scoreLeadsOn = (client: DynamoDBClient, table: string, models?: ActiveModels) => {
  const handler = lambdaHandler(
    scoreLeads({
      ledger: createDynamoDbLedger({ client, table }),
      quarantine: createDynamoDbQuarantine(client, 'quarantine'),
      models:
        models ??
        createActiveModels({
          client,
          table,
          deployed: model,
          clocks: { now: Date.now, elapsed: () => performance.now() },
        }),
      wait,
      now: Date.now,
    }),
  );
  return async (event: SQSEvent): Promise<void> => {
    const { batchItemFailures } = await handler(event, context());
    assert.deepEqual(batchItemFailures, []);
  };
};

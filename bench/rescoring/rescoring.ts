import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { rescoreLeads } from '../../functions/rescore-leads/rescore-leads.ts';
import { createLeadPageReader } from '../../functions/rescore-leads/stale-leads.ts';
import { createFixedModels, requestRescoring, rescoringJobItem } from '../../shared/model-store/index.ts';
import {
  createRescorings,
  paceLimits,
  readRescoring,
  wakeMessage,
  writeUnitsPerRescoring,
} from '../../shared/rescoring/index.ts';
import { compileModel, type ModelDocument } from '../../shared/scoring/index.ts';
import type { Measure } from '../measure.ts';
import { countWriteUnits, sumUnits } from '../pipeline/consumption.ts';
import { model, scoreLeadsOn } from '../pipeline/function.ts';
import { generateBatches, readSample, toSqsEvent } from '../pipeline/stream.ts';
import { createClient, withTables } from '../pipeline/tables.ts';

const table = 'rescoring';

/** The batch size of `score-leads` as deployed. */
const batchSize = 50;

/** Bounds that no lead reaches, so that every lead of a tier leaves it: the dearest rescoring. */
const unreached: Partial<ModelDocument['tiers']> = { risky: 80, good: 90, excellent: 99 };

const toEvent = (bodies: readonly object[]): SQSEvent =>
  ({
    Records: bodies.map((body, i) => ({
      messageId: `m-${i}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    })),
  }) as unknown as SQSEvent;

/** Has all leads rescored by another version of the model, as the two functions do. Returns the seconds and the leads. */
const rescoreAll = async (client: DynamoDBClient, version: string, tiers: typeof unreached) => {
  const document = { ...model.document, version, tiers: { ...model.document.tiers, ...tiers } };
  const next = compileModel(document as ModelDocument);
  const at = new Date().toISOString();
  const asked = { revision: Number(version), modelVersion: next.version, actions: 'all' as const, at };
  const job = { ...requestRescoring(asked), writeUnitsPerSecond: paceLimits.most };
  await client.send(new PutItemCommand({ TableName: table, Item: rescoringJobItem(job) }));
  const score = scoreLeadsOn(client, table, createFixedModels(next));
  const waiting: object[] = [];
  const own: object[] = [wakeMessage];
  const rescore = rescoreLeads({
    rescorings: createRescorings({ client, table }),
    readPage: createLeadPageReader(client, table),
    sendToScoring: async (messages) => void waiting.push(...messages.map(({ body }) => body)),
    sendToSelf: async (messages) => void own.push(...messages.map(({ body }) => body)),
    now: Date.now,
  });
  const start = performance.now();
  while (own.length > 0) {
    await rescore(toEvent(own.splice(0, 1)));
    while (waiting.length > 0) await score(toEvent(waiting.splice(0, batchSize)));
  }
  const seconds = (performance.now() - start) / 1_000;
  const { requested = 0 } = (await readRescoring({ client, table }, Date.now())) ?? {};
  return { seconds, leads: requested };
};

/** Measures what a rescoring costs, of a lead whose tier stays and of one that leaves its tier, on the embedded engine. */
export const rescoring = (): Promise<Measure[]> =>
  withTables(async ({ config, create }) => {
    await create(table);
    const client = createClient(config);
    const score = scoreLeadsOn(client, table);
    for (const batch of generateBatches(readSample(), { leads: batchSize, each: 1 }))
      await score(toSqsEvent(batch));
    const units = countWriteUnits(client);
    const same = await rescoreAll(client, '1001', {});
    const unitsOfSame = sumUnits(units);
    const moved = await rescoreAll(client, '1002', unreached);
    const unitsOfMoved = sumUnits(units) - unitsOfSame;
    return [
      {
        name: 'write units of a rescoring, if leads leave their tiers',
        value: unitsOfMoved / moved.leads,
        unit: 'units',
        limit: { atMost: writeUnitsPerRescoring },
        details: {
          'if tiers stay, units': unitsOfSame / same.leads,
          leads: moved.leads,
          'leads a second': Math.round(moved.leads / moved.seconds),
          'if tiers stay, leads a second': Math.round(same.leads / same.seconds),
        },
      },
    ];
  });

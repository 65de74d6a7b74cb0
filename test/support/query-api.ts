import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { answers } from '../../events/api/answers/index.ts';
import type { Operation } from '../../events/api/index.ts';
import { answerQueries } from '../../functions/answer-queries/answer-queries.ts';
import type { GatewayAnswer } from '../../shared/api/index.ts';
import { S } from '../../shared/dynamodb/index.ts';
import { buildDueKey, leadKey } from '../../shared/keys/index.ts';
import type { Lead, LeadState } from '../../shared/lead/index.ts';
import { stateItem } from '../../shared/ledger/index.ts';
import { createActiveModels } from '../../shared/model-store/index.ts';
import { noFacts, type ScoringModel } from '../../shared/scoring/index.ts';
import { apiRequest, bodyOf, type RequestProps } from './api-request.ts';
import { now as usualNow } from './events.ts';
import { successReady } from './models.ts';

export interface QueryApiProps {
  readonly client: DynamoDBClient;
  /** The leads table. @default leads */
  readonly table?: string;
  readonly model?: ScoringModel;
  readonly now?: () => number;
  readonly secret?: Buffer;
}

export interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any operation; those of success are checked by their schema.
  readonly body: any;
  readonly answer: GatewayAnswer;
}

/**
 * Returns a function that asks the API over tables in memory. An answer of success that its schema doesn't take is an
 * error.
 */
export const createQueryApi = ({
  client,
  table = 'leads',
  model = successReady(),
  now = () => usualNow,
  secret = Buffer.alloc(32, 7),
}: QueryApiProps) => {
  const handle = answerQueries({
    client,
    leadsTable: table,
    identitiesTable: 'identities',
    requests: { readCursorSecret: async () => secret },
    models: createActiveModels({
      client: client,
      table: table,
      deployed: model,
      clocks: { now, elapsed: now },
      storesFirst: false,
    }),
    now,
  });
  return async (operation: Operation, props: RequestProps = {}): Promise<Asked> => {
    const answer = await handle(apiRequest(operation, props));
    const body = bodyOf(answer);
    if (answer.statusCode < 300) answers[operation].parse(body);
    return { status: answer.statusCode, body, answer };
  };
};
export type AskApi = ReturnType<typeof createQueryApi>;

/** Asks for all pages, and returns the entries of each. */
export const askPages = async (
  ask: AskApi,
  operation: Operation,
  { name, query = {} }: { readonly name: string; readonly query?: Readonly<Record<string, string>> },
  // biome-ignore lint/suspicious/noExplicitAny: the entries of any operation.
): Promise<any[][]> => {
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  const pages: any[][] = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await ask(operation, {
      query: { ...query, ...(cursor !== null && { cursor }) },
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    pages.push(body[name]);
    cursor = body.cursor;
  } while (cursor !== null);
  return pages;
};

/** Returns a lead as a test writes it down. */
export const buildLead = (
  leadId: string,
  {
    attributes = {},
    ...more
  }: Partial<LeadState> & { readonly attributes?: Readonly<Record<string, string>> } = {},
): LeadState => ({
  leadId,
  version: 1,
  stage: 'mql',
  status: 'active',
  tier: 'good',
  score: 70,
  coverage: 0.5,
  dimensions: { fit: 70 },
  modelVersion: 'small@1',
  action: { kind: 'none' },
  facts: {
    ...noFacts,
    seen: Date.parse('2026-03-01T09:00:00.000Z'),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        [value, Date.parse('2026-03-01T09:00:00.000Z')],
      ]),
    ),
  },
  ...more,
});

/** Stores the state of a lead, without a ledger. @param dueAt when time will come for it, in ISO 8601 */
export const storeLead = async (
  client: DynamoDBClient,
  lead: Lead,
  dueAt?: string,
  table = 'leads',
): Promise<void> => {
  const item = {
    ...stateItem(lead, 'aGVhZA=='),
    ...(dueAt !== undefined && {
      dueAt: S(dueAt),
      dueKey: S(buildDueKey(leadKey(lead.leadId), Date.parse(dueAt), usualNow)),
    }),
  };
  await client.send(new PutItemCommand({ TableName: table, Item: item }));
};

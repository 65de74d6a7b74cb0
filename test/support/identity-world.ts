import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Command } from '../../infra/local/engine/memory/memory-dynamodb.ts';
import { S } from '../../shared/dynamodb/index.ts';
import { createIdentities, type Identifier, type ResolveRequest } from '../../shared/identity/index.ts';
import { pairKey } from '../../shared/keys/index.ts';
import { createClient, memoryClient } from './memory-dynamodb.ts';

/** The instant of payloads, unless a test says another. */
export const paidAt = '2026-03-01T09:00:00.000Z';

/** An identity key. */
export const testKey = 'a key of tests, long enough';

/** Returns identifiers written as `type:value`. Those of type `anonymous` are anonymous. */
const identifiersOf = (...names: readonly string[]): readonly Identifier[] =>
  names.map((name) => {
    const [type = '', value = ''] = name.split(':');
    return { type, value, ...(type === 'anonymous' && { anonymous: true as const }) };
  });

/** Returns a request to resolve identifiers, written as `type:value`, strongest first. */
export const requestOf = (
  names: readonly string[],
  more: Partial<Omit<ResolveRequest, 'identifiers'>> = {},
): ResolveRequest => ({
  identifiers: identifiersOf(...names),
  at: paidAt,
  source: 'segment',
  whenTwoMeet: 'suggest',
  create: true,
  ...more,
});

/** Creates a table of identities and one of leads in memory. */
export const createIdentityWorld = () => {
  const client = memoryClient({ tables: { identities: [], leads: [] } });
  const props = {
    client,
    table: 'identities',
    leadsTable: 'leads',
    key: async () => testKey,
    now: () => Date.parse('2026-03-01T10:00:00.000Z'),
    wait: async () => {},
  };
  const identities = createIdentities(props);
  return {
    client,
    props,
    identities,
    /** Resolves identifiers, and confirms their events as if the bus had taken them. */
    settle: async (names: readonly string[], more: Partial<Omit<ResolveRequest, 'identifiers'>> = {}) => {
      const resolved = await identities.resolve(requestOf(names, more));
      await resolved.confirm();
      return resolved;
    },
    /** Stores the state of a lead as far as identities read it. */
    putState: (leadId: string, status: string, mergedInto?: string) =>
      client.memory.operations.PutItem({
        TableName: 'leads',
        Item: {
          pk: { S: `LEAD#${leadId}` },
          sk: { S: 'STATE' },
          status: { S: status },
          ...(mergedInto !== undefined && { mergedInto: { S: mergedInto } }),
        },
      } as never),
    /** Returns the identities by a client of its own, which calls a function around each command. */
    through: (around: (send: () => Promise<object>) => Promise<object>) =>
      createIdentities({
        ...props,
        client: createClient((command: Command) => around(async () => client.memory.execute(command))),
      }),
  };
};

export type IdentityWorld = ReturnType<typeof createIdentityWorld>;

/** Links an identifier to a new lead, in tables of identities and leads. */
export const storeLink = async (client: DynamoDBClient, name: string): Promise<string> => {
  const props = { client, table: 'identities', leadsTable: 'leads', key: async () => testKey };
  const resolved = await createIdentities({
    ...props,
    now: () => Date.parse(paidAt),
    wait: async () => {},
  }).resolve(requestOf([name]));
  return resolved.leadId;
};

/** Stores a pair of leads in a table of identities. */
export const storePair = async (
  client: DynamoDBClient,
  [a, b]: readonly [string, string],
  { status = 'suggested', source = 'hubspot', types = ['email'], notedAt = paidAt } = {},
): Promise<void> => {
  const { pk, sk } = pairKey(a, b);
  const Item = {
    pk: S(pk),
    sk: S(sk),
    status: S(status),
    types: S(JSON.stringify(types)),
    source: S(source),
    notedAt: S(notedAt),
  };
  await client.send(new PutItemCommand({ TableName: 'identities', Item }));
};

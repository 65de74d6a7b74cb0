import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createWire, type DynamoDbWire } from '../../../infra/local/dynamodb-wire.ts';
import { clientConfig } from './clients.ts';

export interface Database {
  readonly client: DynamoDBClient;
  /** The wire protocol for streams, which shows records as a mapping gets them. */
  readonly wire: DynamoDbWire;
  /** Creates a table with the keys `pk` and `sk`, a sparse index `by-tier` and a stream. Returns its name. */
  readonly newTable: (view?: StreamView) => Promise<string>;
}

export type StreamView = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

export const tableInput = (
  TableName: string,
  StreamViewType: StreamView = 'NEW_AND_OLD_IMAGES',
): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'tier'].map(text),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-tier',
      KeySchema: [
        { AttributeName: 'tier', KeyType: 'HASH' },
        { AttributeName: 'pk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType },
});

export const openDatabase = (endpoint: string): Database & { readonly close: () => void } => {
  const client = new DynamoDBClient(clientConfig(endpoint));
  const wire = createWire({ endpoint });
  return {
    client,
    wire,
    newTable: async (view) => {
      const name = `conformance-${randomUUID().slice(0, 8)}`;
      await client.send(new CreateTableCommand(tableInput(name, view)));
      return name;
    },
    close: () => {
      client.destroy();
      wire.close();
    },
  };
};

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type Command,
  createMemoryDynamoDb,
  type MemoryDynamoDb,
  type MemoryDynamoDbProps,
} from '../../infra/local/engine/memory/memory-dynamodb.ts';

/** Returns a client of the SDK that sends commands to a function. Paginators check the class of a client. */
export const createClient = (send: (command: Command) => Promise<object>): DynamoDBClient =>
  Object.create(DynamoDBClient.prototype, { send: { value: send }, destroy: { value: () => {} } });

/** A client of a database in memory, with that database. */
export type MemoryDynamoDbClient = DynamoDBClient & { readonly memory: MemoryDynamoDb };

/** Creates a client of a database in memory that answers at once. */
export const memoryClient = (props: MemoryDynamoDbProps): MemoryDynamoDbClient => {
  const memory = createMemoryDynamoDb(props);
  return Object.assign(
    createClient(async (command) => memory.execute(command)),
    { memory },
  );
};

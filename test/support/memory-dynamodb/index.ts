export type { Change } from './database.ts';
export { cancelled, NotModelledError } from './errors.ts';
export {
  type Command,
  createClient,
  createMemoryDynamoDb,
  type MemoryDynamoDb,
  memoryClient,
} from './memory-dynamodb.ts';
export type { IndexProps } from './table.ts';

export type { Change } from './database.ts';
export { cancelled } from './errors.ts';
export {
  type Command,
  createClient,
  createMemoryDynamoDb,
  memoryClient,
} from './memory-dynamodb.ts';
export type { IndexProps } from './table.ts';

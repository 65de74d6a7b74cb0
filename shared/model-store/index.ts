export {
  assertSameModel,
  createDynamoDbModelStore,
  type ModelStore,
  ModelVersionTakenError,
  parseModelItem,
} from './model-store.ts';

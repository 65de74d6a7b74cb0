export {
  assertSameModel,
  createDynamoDbModelStore,
  type ModelStore,
  ModelVersionTakenError,
  modelItem,
  parseModelItem,
} from './model-store.ts';

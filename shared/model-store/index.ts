export {
  assertSameModel,
  createDynamoDbModels,
  type KeptModels,
  ModelVersionTakenError,
  modelItem,
  parseModelItem,
} from './model-store.ts';

export { readModel } from './deployed-model.ts';
export { readModelDirectory } from './model-directory.ts';
export {
  assertSameModel,
  createDynamoDbModelStore,
  loadModels,
  type ModelStore,
  ModelVersionTakenError,
  parseModelItem,
} from './model-store.ts';
export { createPolicyReader, ModelNotStoredError, type PolicyReader } from './policy-reader.ts';
export { createStoredModels, type FindModel } from './stored-models.ts';

export { type ActiveModels, type ModelsInUse, refreshMs } from './active-models.ts';
export { type ActiveModelsProps, createActiveModels } from './create-active-models.ts';
export { createModelRegistry } from './create-registry.ts';
export { readModel } from './deployed-model.ts';
export {
  assertSameModel,
  isSameModel,
  loadModel,
  loadModels,
  parseModelItem,
} from './documents.ts';
export { ensureFirst } from './first-model.ts';
export { createFixedModels } from './fixed-models.ts';
export { readModelDirectory } from './model-directory.ts';
export {
  createDocumentReader,
  createPolicyReader,
  type DocumentReader,
  ModelNotStoredError,
  type PolicyReader,
} from './policy-reader.ts';
export {
  type Author,
  type KeyedChange,
  type ModelHistoryEntry,
  type ModelPointer,
  type ModelRegistry,
  type PublishedModel,
  RegistryError,
  type RegistryErrorCode,
} from './registry.ts';
export { parseHistoryItem } from './registry-items.ts';
export {
  defaultWriteUnitsPerSecond,
  parseRescoringJob,
  type RescoringJob,
  type RescoringStatus,
  requestRescoring,
  rescoringJobItem,
} from './rescoring.ts';
export { createStoredModels, type FindModel } from './stored-models.ts';

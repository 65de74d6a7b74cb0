export { diffModels, type ModelDifferences } from './diff-models.ts';

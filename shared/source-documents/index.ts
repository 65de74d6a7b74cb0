export {
  findSources,
  InvalidSourcesError,
  readSources,
} from './find-sources.ts';
export { parseSource } from './parse-source.ts';
export { sourceDocumentSchema } from './schema.ts';

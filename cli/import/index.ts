export { importCsv } from './import-csv.ts';
export { ImportError, type ImportErrorCode } from './import-error.ts';
export type { ImportOptions, ImportProgress } from './import-files.ts';
export type { ImportSummary, JoinSummary, Reject } from './import-summary.ts';
export { type Mapping, type MappingInput, mappingSchema } from './mapping.ts';
export { parseMapping, readMapping } from './read-mapping.ts';

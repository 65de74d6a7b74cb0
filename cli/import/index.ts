export { importCsv } from './import-csv.ts';
export { ImportError } from './import-error.ts';
export type { ImportOptions } from './import-files.ts';
export type { ImportSummary } from './import-summary.ts';
export { initMapping } from './init/init-mapping.ts';
export { type MappingInput, mappingSchema } from './mapping.ts';
export { parseMapping } from './read-mapping.ts';
export type { Reject, RejectGroup } from './reject-groups.ts';

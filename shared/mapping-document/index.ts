export { createAtSchema } from './at.ts';
export { createCellSchema } from './cell.ts';
export { type CsvCondition, createCsvWhen } from './condition.ts';
export { csvDialect, issue, payloadDialect } from './dialect.ts';
export { eventSource } from './event-source.ts';
export { createEventSchema } from './events.ts';
export { createIdSchema, keyCase } from './id.ts';
export { payloadMappingSchema } from './payload-mapping.ts';
export { hasProtoKey } from './proto-key.ts';

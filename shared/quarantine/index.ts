export { computeQuarantineId } from './content-id.ts';
export { countOpen, type OpenCount } from './count-open.ts';
export { createDynamoDbQuarantineAdmin } from './dynamodb-admin.ts';
export { createDynamoDbQuarantine } from './dynamodb-quarantine.ts';
export * from './quarantine.ts';
export { extractReadable } from './readable.ts';
export { quarantineDays } from './retention.ts';

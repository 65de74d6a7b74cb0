export { quarantineIdOf } from './content-id.ts';
export { createDynamoDbQuarantineDesk } from './dynamodb-desk.ts';
export { createDynamoDbQuarantine } from './dynamodb-quarantine.ts';
export { QuarantineBusyError } from './keep.ts';
export * from './quarantine.ts';
export { readableOf } from './readable.ts';
export { quarantineDays } from './retention.ts';

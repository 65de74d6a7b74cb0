export { checkIdentifier } from './check-identifier.ts';
export { createIdentities } from './dynamodb-identities.ts';
export { findLinkedLead } from './find-linked-lead.ts';
export { createIdentityEraser, type IdentityEraser } from './forget-lead.ts';
export type { Identifier, Identities, Resolved, ResolveRequest } from './identities.ts';
export type { Pair } from './items.ts';
export { dismissPair, listPairs, readPair, readPairPage } from './pairs.ts';

export { createIdentityKey } from './identity-key.ts';
export type { Secrets } from './secrets.ts';
export { createSecrets } from './secrets-manager.ts';

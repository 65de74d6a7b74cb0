import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { SecretsProps } from './secrets-manager.ts';

/** Thrown if the identity key has no value. Without it no identifier can be looked up. */
class MissingIdentityKeyError extends Error {
  readonly code = 'MISSING_IDENTITY_KEY';
  constructor(secretId: string) {
    super(`secret ${secretId}: given nothing; allowed: the identity key, a text of at least 16 characters`);
    this.name = 'MissingIdentityKeyError';
  }
}

/**
 * Creates the reader of the key by which identifiers are hashed. It never changes, so it is read once; after a failure it
 * is read again.
 */
export const createIdentityKey = ({
  client,
  secretId,
}: Pick<SecretsProps, 'client' | 'secretId'>): (() => Promise<string>) => {
  const load = async (): Promise<string> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    if (SecretString.length < 16) throw new MissingIdentityKeyError(secretId);
    return SecretString;
  };
  let key: Promise<string> | undefined;
  return () => {
    key ??= load().catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };
};

import { generateSecret } from './generate-secret.ts';
import { addSecret, findLive } from './live-secrets.ts';
import type { SecretUse } from './secret-use.ts';
import { readStoredSecrets, type StoredSecretsProps, storeSecrets } from './stored-secrets.ts';

const canGenerate = ({ form }: SecretUse): boolean => form === 'signing' || form === 'whsec';

/**
 * Generates the secrets of a local stack that are missing, so that every source and every webhook works at once. A secret
 * that is there stays.
 */
export const ensureSecrets = async (props: StoredSecretsProps, uses: readonly SecretUse[]): Promise<void> => {
  const before = await readStoredSecrets(props);
  const missing = uses.filter((use) => canGenerate(use) && findLive(before, use.name).length === 0);
  if (missing.length === 0) return;
  const after = missing.reduce((all, { name, form }) => addSecret(all, name, generateSecret(form)), before);
  await storeSecrets(props, after);
};

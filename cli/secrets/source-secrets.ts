import { readSources } from '../../shared/source-documents/index.ts';
import { isWebhookSource } from '../../shared/sources/index.ts';
import { type SecretUse, uniqueUses } from './secret-use.ts';

/**
 * Lists the secrets that the source documents of a folder name.
 *
 * @throws InvalidSourcesError
 */
export const listSourceSecrets = (folder: string): readonly SecretUse[] =>
  uniqueUses(
    readSources(folder)
      .filter(isWebhookSource)
      .map(({ secret, kind }) => ({
        name: secret,
        form: kind === 'standard-webhooks' ? 'whsec' : 'signing',
      })),
  );

import { resolve } from 'node:path';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalStack } from '../../infra/local/stack.ts';
import { ensureSecrets } from '../secrets/ensure-secrets.ts';
import type { SecretUse } from '../secrets/secret-use.ts';
import { listSourceSecrets } from '../secrets/source-secrets.ts';
import { listTargetSecrets } from '../secrets/target-secrets.ts';
import type { DocumentFolders } from '../stack/assembly.ts';

/**
 * Generates the secrets that the documents of a local stack name and that it doesn't have, so that a first webhook can
 * be signed, and a first delivery be verified, at once.
 */
export const ensureLocalSecrets = async (
  { endpoint, outputs }: Pick<LocalStack, 'endpoint' | 'outputs'>,
  { sources, deliveries }: DocumentFolders,
): Promise<void> => {
  const wanted: [string, readonly SecretUse[]][] = [
    ['SourceSecretsArn', sources === undefined ? [] : listSourceSecrets(sources)],
    ['TargetSecretsArn', deliveries === undefined ? [] : listTargetSecrets(deliveries)],
  ];
  if (wanted.every(([, uses]) => uses.length === 0)) return;
  const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client: SecretsManagerClient = new SecretsManagerClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const [output, uses] of wanted) {
      const secretId = outputs[output];
      if (secretId !== undefined) await ensureSecrets({ client, secretId }, uses);
    }
  } finally {
    client.destroy();
  }
};

/** Says where webhooks arrive, and what is delivered. @param flag the option by which commands find the stack */
export const inviteToIntegrations = (
  { outputs }: Pick<LocalStack, 'outputs'>,
  { sources, deliveries }: DocumentFolders,
  flag: string,
): string[] => [
  ...(outputs.HooksUrl === undefined || sources === undefined
    ? []
    : [
        '',
        `Webhooks arrive at ${outputs.HooksUrl}/hooks/SOURCE; the sources are those of ${resolve(sources)}.`,
        `A first request for each is in docs/integrations; \`npx sluice source list${flag}\` shows what came.`,
      ]),
  ...(deliveries === undefined
    ? []
    : [
        '',
        `Announcements are delivered to the subscriptions of ${resolve(deliveries)}; ` +
          `\`npx sluice deliveries list${flag}\` shows how they stand.`,
      ]),
];

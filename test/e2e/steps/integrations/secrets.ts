import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Session } from '../../session.ts';

/** The secrets of the scenario. Nothing but the run's own stack knows them. */
export const secrets = {
  form: 'the-secret-of-the-form',
  deliveries: `whsec_${Buffer.from('the-secret-of-the-deliveries').toString('base64')}`,
} as const;

/** Sets the secrets of the sources and of the targets, as the commands do. */
export const setSecrets = async ({ target: { clients, output } }: Session): Promise<void> => {
  const set = (name: string, value: object) =>
    clients.secrets.send(
      new PutSecretValueCommand({ SecretId: output(name), SecretString: JSON.stringify(value) }),
    );
  await set('SourceSecretsArn', { form: [secrets.form] });
  await set('TargetSecretsArn', { works: [secrets.deliveries], gone: [secrets.deliveries] });
};

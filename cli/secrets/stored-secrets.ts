import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { isObject } from '../../events/index.ts';
import { CliError } from '../errors.ts';
import type { LiveSecrets } from './live-secrets.ts';

export interface StoredSecretsProps {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  /** The ARN of the secret of Secrets Manager. */
  readonly secretId: string;
}

const isLive = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');

const parse = (text: string): LiveSecrets => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    value = undefined;
  }
  if (isObject(value) && Object.values(value).every(isLive)) return value as LiveSecrets;
  throw new CliError(
    'SECRETS_UNREADABLE',
    'the secret in Secrets Manager has another form; allowed: a JSON object with a list of one or two secrets for each ' +
      'name. Correct it there',
  );
};

/**
 * Reads the live secrets of all names; none if the secret has no value yet.
 *
 * @throws CliError `SECRETS_UNREADABLE`
 */
export const readStoredSecrets = async ({ client, secretId }: StoredSecretsProps): Promise<LiveSecrets> => {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return parse(SecretString);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return {};
    throw error;
  }
};

/** Stores the live secrets of all names. */
export const storeSecrets = async (
  { client, secretId }: StoredSecretsProps,
  all: LiveSecrets,
): Promise<void> => {
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(all) }));
};

import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { hourMs, minuteMs } from '../../events/index.ts';
import { parseSecretText, readLive } from './parse-secrets.ts';
import type { Secrets } from './secrets.ts';

export interface SecretsProps {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  /** The name or the ARN of the secret. */
  readonly secretId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with the error if the secret can't be read, and what was read before is used. @default - nothing */
  readonly onStale?: (error: unknown) => void;
}

/** The age at which what was read is read again. */
const freshMs = 5 * minuteMs;

/** The pause between two readings if none fits: what runs every minute, a little early or late, reads each time. */
const pauseMs = 45_000;

/** The age up to which what was read is used if Secrets Manager doesn't answer. */
const usableMs = hourMs;

interface Stored {
  readonly all: Readonly<Record<string, unknown>>;
  readonly readAt: number;
}

/** Reads the secret. One that has no value yet has no names. */
const load = async ({ client, secretId }: SecretsProps): Promise<Stored['all']> => {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return parseSecretText(secretId, SecretString);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return {};
    throw error;
  }
};

/**
 * Creates the secrets that are stored in one secret of Secrets Manager: a JSON object with a list of one or two secrets
 * for each name, the newest first.
 *
 * @example
 * const secrets = createSecrets({ client: new SecretsManagerClient(), secretId, now: Date.now });
 * const [newest] = await secrets.read('hubspot');
 */
export const createSecrets = (props: SecretsProps): Secrets => {
  const { secretId, now, onStale = () => {} } = props;
  let stored: Stored | undefined;
  let loading: Promise<Stored> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;

  const reload = (): Promise<Stored> => {
    triedAt = now();
    loading ??= load(props)
      .then((all) => {
        stored = { all, readAt: now() };
        return stored;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  };

  /** Reads again, unless it was tried just before. What was read before serves if that fails. */
  const refresh = async (): Promise<Stored> => {
    if (stored === undefined) return reload();
    const before = stored;
    const isUsable = now() - before.readAt <= usableMs;
    if (loading === undefined && isUsable && now() - triedAt < pauseMs) return before;
    return reload().catch((error: unknown) => {
      if (!isUsable) throw error;
      onStale(error);
      return before;
    });
  };

  const current = async (): Promise<Stored> =>
    stored !== undefined && now() - stored.readAt < freshMs ? stored : refresh();

  const find = ({ all }: Stored, name: string): readonly string[] => readLive(secretId, all, name);
  return {
    read: async (name) => {
      const found = find(await current(), name);
      return found.length > 0 ? found : find(await refresh(), name);
    },
    readAgain: async (name) => find(await refresh(), name),
  };
};

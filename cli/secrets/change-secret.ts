import { CliError } from '../errors.ts';
import { addSecret, findLive, withdrawOlder } from './live-secrets.ts';
import { readStoredSecrets, type StoredSecretsProps, storeSecrets } from './stored-secrets.ts';

/** Returns the live secrets of a name, the newest first. */
export const readLiveSecrets = async (props: StoredSecretsProps, name: string): Promise<readonly string[]> =>
  findLive(await readStoredSecrets(props), name);

/**
 * Makes a secret the newest of its name.
 *
 * @returns how many are live then
 */
export const setSecret = async (props: StoredSecretsProps, name: string, secret: string): Promise<number> => {
  const after = addSecret(await readStoredSecrets(props), name, secret);
  await storeSecrets(props, after);
  return findLive(after, name).length;
};

/**
 * Withdraws the older of two secrets of a name.
 *
 * @throws CliError `NOTHING_TO_WITHDRAW` if there is only one, or none
 */
export const withdrawSecret = async (props: StoredSecretsProps, name: string): Promise<void> => {
  const before = await readStoredSecrets(props);
  const { length } = findLive(before, name);
  if (length < 2)
    throw new CliError(
      'NOTHING_TO_WITHDRAW',
      `${name} has ${length === 0 ? 'no secret' : 'one secret'}; allowed: a name with two, of which the older is withdrawn`,
    );
  await storeSecrets(props, withdrawOlder(before, name));
};

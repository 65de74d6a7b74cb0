import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { issuerKeyFile, unusableFile } from '../data/data-files.ts';
import type { DataFolder } from '../data/data-folder.ts';
import { messageOf } from '../errors.ts';

/** The public part of a key, as a JSON Web Key. */
export type PublicJwk = {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly alg: 'RS256';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
};

/** The key by which an issuer signs tokens. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: PublicJwk;
}

const describeKey = (privateKey: KeyObject): SigningKey => {
  const { n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = createHash('sha256').update(n).digest('base64url').slice(0, 16);
  return { privateKey, jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e } };
};

const createKey = async (): Promise<KeyObject> =>
  (await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 })).privateKey;

type KeyFolder = Pick<DataFolder, 'folder' | 'write'>;

const readStored = (folder: string, file: string): KeyObject => {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    throw unusableFile(folder, issuerKeyFile, messageOf(error), error);
  }
};

/**
 * Returns the key of a data folder, so that tokens stay valid after a restart; a new one if there is none, or no folder.
 *
 * @throws LocalStackError `DATA_FOLDER_UNUSABLE` or `STORAGE_FAILED`
 */
export const loadSigningKey = async (data?: KeyFolder): Promise<SigningKey> => {
  if (data === undefined) return describeKey(await createKey());
  const file = join(data.folder, issuerKeyFile);
  if (existsSync(file)) return describeKey(readStored(data.folder, file));
  const key = await createKey();
  const pem = key.export({ format: 'pem', type: 'pkcs8' });
  data.write(issuerKeyFile, () => writeFileSync(file, pem, { mode: 0o600, flag: 'wx' }));
  return describeKey(key);
};

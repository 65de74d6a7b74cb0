const prefix = 'whsec_';

/** The fewest and most bytes of a key of Standard Webhooks. A secret in base64 has more characters than its key. */
export const keyBytes = { least: 24, most: 64 };

/**
 * Returns the key of a secret of Standard Webhooks: the bytes in base64 after `whsec_`, which may be missing. Undefined
 * if they are not 24 to 64.
 *
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const parseSigningKey = (secret: string): Buffer | undefined => {
  const base64 = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const key = Buffer.from(base64, 'base64');
  return key.length >= keyBytes.least && key.length <= keyBytes.most ? key : undefined;
};

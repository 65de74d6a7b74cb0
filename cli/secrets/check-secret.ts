import { isWebhookUrl } from '../../shared/deliveries/index.ts';
import { keyBytes, parseSigningKey } from '../../shared/signing/index.ts';
import { CliError } from '../errors.ts';
import type { SecretForm } from './secret-use.ts';

const shortest = 8;
const longest = 1_024;

const rules: Readonly<
  Record<SecretForm, { readonly fits: (given: string) => boolean; readonly allowed: string }>
> = {
  signing: { fits: () => true, allowed: '' },
  whsec: {
    fits: (given) => parseSigningKey(given) !== undefined,
    allowed: `whsec_ and ${keyBytes.least} to ${keyBytes.most} bytes in base64`,
  },
  'slack-url': {
    fits: isWebhookUrl,
    allowed: 'the URL of an incoming webhook of Slack, https://hooks.slack.com/services/…',
  },
  token: { fits: () => true, allowed: '' },
};

/**
 * Checks a secret. The error doesn't quote it, since it may be a right one with a slip.
 *
 * @throws CliError `SECRET_REFUSED`
 */
export const checkSecret = (given: string, form: SecretForm): void => {
  const refuse = (what: string, allowed: string): never => {
    throw new CliError('SECRET_REFUSED', `the secret: given ${what}; allowed: ${allowed}`);
  };
  if (given.length < shortest || given.length > longest)
    refuse(`${given.length} characters`, `${shortest} to ${longest} characters on standard input`);
  if (!/^[\x21-\x7e]+$/.test(given))
    refuse('a text with a space, a line break or a special character', 'one line of ASCII without spaces');
  const { fits, allowed } = rules[form];
  if (!fits(given)) refuse('a text of another form', allowed);
};

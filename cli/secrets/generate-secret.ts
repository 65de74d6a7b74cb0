import { randomBytes } from 'node:crypto';
import { UsageError } from '../errors.ts';
import type { SecretForm } from './secret-use.ts';

/** The number of random bytes: those of a SHA-256, so that nobody guesses them. */
const bytes = 32;

/**
 * Generates a secret of random bytes.
 *
 * @throws UsageError for a form that only the tool can give
 */
export const generateSecret = (form: SecretForm): string => {
  switch (form) {
    case 'signing':
      return randomBytes(bytes).toString('base64url');
    case 'whsec':
      return `whsec_${randomBytes(bytes).toString('base64')}`;
    case 'slack-url':
      throw new UsageError('--generate: the URL of an incoming webhook is made in Slack; set it with --set');
    case 'token':
      throw new UsageError('--generate: an access token is made in the tool; set it with --set');
    default:
      return form satisfies never;
  }
};

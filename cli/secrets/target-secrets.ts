import type { TargetOptions } from '../../shared/deliveries/index.ts';
import { readSubscriptions } from '../../shared/subscription-documents/index.ts';
import { type SecretForm, type SecretUse, uniqueUses } from './secret-use.ts';

const forms: Readonly<Record<TargetOptions['kind'], SecretForm>> = {
  webhook: 'whsec',
  slack: 'slack-url',
  hubspot: 'token',
};

/**
 * Lists the secrets that the subscription documents of a folder name.
 *
 * @throws InvalidSubscriptionsError
 */
export const listTargetSecrets = (folder: string): readonly SecretUse[] =>
  uniqueUses(
    readSubscriptions(folder, { allowLoopback: true }).map(({ secret, target }) => ({
      name: secret,
      form: forms[target.kind],
    })),
  );

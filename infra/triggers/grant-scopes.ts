import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { queuesClaim, roles, scopeOf } from '../../events/api/index.ts';

/** The beginning of the names of groups that stand for queues: the people of `queue-enterprise` answer its hand-offs. */
const queueGroup = 'queue-';

/**
 * Grants the person who signs in the scopes of the groups that are named after roles. It also tells the API the person's
 * queues, and the e-mail address if it was verified: whoever may change an address could else take another's.
 *
 * The client of the page may ask for no scope of Sluice. So a person without a group has none, and if this fails,
 * nobody has any.
 */
export const handler = async (
  event: PreTokenGenerationV2TriggerEvent,
): Promise<PreTokenGenerationV2TriggerEvent> => {
  const { groupConfiguration, userAttributes } = event.request;
  const groups = groupConfiguration.groupsToOverride ?? [];
  const { email, email_verified: verified } = userAttributes;
  const queues = groups
    .filter((group) => group.startsWith(queueGroup))
    .map((group) => group.slice(queueGroup.length));
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        scopesToAdd: roles.filter((role) => groups.includes(role)).map(scopeOf),
        claimsToAddOrOverride: {
          ...(verified === 'true' && email !== undefined && { email }),
          // No name of a queue has a space.
          [queuesClaim]: queues.join(' '),
        },
      },
    },
  };
  return event;
};

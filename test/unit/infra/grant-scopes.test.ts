import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler } from '../../../infra/triggers/grant-scopes.ts';
import { identifyCaller } from '../../../shared/api/caller.ts';

const grant = async (
  groups: readonly string[] | undefined,
  attributes: Readonly<Record<string, string>> = {},
) => {
  const event = {
    request: {
      userAttributes: { sub: 'u-1', ...attributes },
      groupConfiguration: { groupsToOverride: groups },
      scopes: ['openid'],
    },
    response: {},
  } as unknown as PreTokenGenerationV2TriggerEvent;
  const { response } = await handler(event);
  return response.claimsAndScopeOverrideDetails?.accessTokenGeneration;
};

describe('the access token of somebody who signs in', () => {
  it.each([
    [['viewer'], ['sluice/viewer']],
    [['seller', 'queue-enterprise'], ['sluice/seller']],
    [
      ['viewer', 'admin'],
      ['sluice/viewer', 'sluice/admin'],
    ],
  ])('has the scopes of the groups %j', async (groups, scopes) => {
    expect((await grant(groups))?.scopesToAdd).toEqual(scopes);
  });

  it.each([[undefined], [[]], [['sluice/admin', 'Admin', 'administrator', 'queue-admin']]])(
    'has no scope where no group is named after a role: %j',
    async (groups) => {
      expect((await grant(groups))?.scopesToAdd).toEqual([]);
    },
  );

  it('has the address only if it was verified', async () => {
    const email = 'ana@example.com';
    expect((await grant(['viewer'], { email, email_verified: 'true' }))?.claimsToAddOrOverride).toMatchObject(
      { email },
    );
    for (const attributes of [{ email, email_verified: 'false' }, { email }] as Record<string, string>[])
      expect((await grant(['viewer'], attributes))?.claimsToAddOrOverride).not.toHaveProperty('email');
  });

  it('is read by the API as it is meant', async () => {
    const granted = await grant(['seller', 'queue-enterprise', 'queue-smb'], {
      email: 'ana@example.com',
      email_verified: 'true',
    });
    const scope = ['openid', ...(granted?.scopesToAdd ?? [])].join(' ');
    const claims = { sub: 'u-1', scope, ...granted?.claimsToAddOrOverride };
    expect(identifyCaller({ jwt: { claims } })).toEqual({
      kind: 'person',
      subject: 'u-1',
      name: 'ana@example.com',
      roles: ['seller'],
      queues: ['enterprise', 'smb'],
    });
  });
});

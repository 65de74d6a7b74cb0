import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Authorizer, hasRole, identifyCaller } from '../../../shared/api/caller.ts';
import { seeded } from '../../support/seed.ts';

const rolesOf = (jwt: Authorizer['jwt']) => {
  const caller = identifyCaller({ ...(jwt && { jwt }) });
  return caller?.kind === 'person' ? caller.roles : undefined;
};
const withClaims = (claims: Record<string, unknown>, scopes: readonly string[] | null = null) =>
  rolesOf({ claims: { sub: 'u-1', ...claims }, scopes });

const both = ['viewer', 'admin'];

describe('the roles of a person', () => {
  it.each<[string, unknown]>([
    ['words', 'sluice/viewer sluice/admin'],
    ['words between others', 'openid  sluice/viewer profile sluice/admin '],
    ['a list', ['sluice/viewer', 'sluice/admin']],
    ['a list in brackets, as API Gateway writes it', '[sluice/viewer sluice/admin]'],
  ])('are read from a claim of %s, scope or scp', (_, claim) => {
    expect(withClaims({ scope: claim })).toEqual(both);
    expect(withClaims({ scp: claim })).toEqual(both);
  });

  it('are read from both claims together, and not from what the gateway says of scopes: it may mean the route', () => {
    expect(withClaims({ scope: 'sluice/viewer', scp: ['sluice/admin'] })).toEqual(both);
    expect(withClaims({ scope: 'sluice/viewer' }, ['sluice/viewer', 'sluice/admin'])).toEqual(['viewer']);
    expect(withClaims({}, ['sluice/admin'])).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['another spelling', 'SLUICE/ADMIN sluice:admin sluice/adminx xsluice/admin admin'],
    ['a part of a longer one', 'x,sluice/admin sluice/admin, "sluice/admin" [sluice/admin] x[sluice/admin]'],
    ['a list with a part of a longer one', ['x sluice/admin', 'sluice/admin,x']],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', { 'sluice/admin': true, toString: 'sluice/admin' }],
    ['lists within lists', [['sluice/admin']]],
  ])('are none by a scope of %s', (_, claim) => {
    expect(withClaims({ scope: claim, scp: claim })).toEqual([]);
  });

  it('are none by another claim, such as one that the person may set', () => {
    expect(withClaims({ roles: 'sluice/admin', email: 'sluice/admin', queues: 'sluice/admin' })).toEqual([]);
  });
});

describe('a person', () => {
  it.each<[string, unknown]>([
    ['no subject', undefined],
    ['an empty one', ''],
    ['one of another type', ['u-1']],
    ['one that is too long', 'x'.repeat(129)],
  ])('is nobody with %s', (_, sub) => {
    expect(identifyCaller({ jwt: { claims: { sub, scope: 'sluice/admin' } } })).toBeUndefined();
  });

  it('answers for the queues of the token, and for none without them', () => {
    const queuesOf = (queues: unknown) => identifyCaller({ jwt: { claims: { sub: 'u-1', queues } } });
    for (const queues of ['sales emea', '[sales emea]', ['sales', 'emea'], '["sales","emea"]'])
      expect(queuesOf(queues)).toMatchObject({ queues: ['sales', 'emea'] });
    for (const queues of ['', '[]', [], undefined, {}, true])
      expect(queuesOf(queues)).toMatchObject({ queues: [] });
  });

  it('is a person even if the gateway says of a service, too', () => {
    const iam = { userArn: 'arn:aws:iam::123456789012:user/a' };
    expect(identifyCaller({ jwt: { claims: { sub: 'u-1' } }, iam })).toMatchObject({
      kind: 'person',
      roles: [],
    });
    expect(identifyCaller({ jwt: { claims: {} }, iam })).toBeUndefined();
  });
});

describe('a caller', () => {
  it('is found out of any claims without an error, and has a role only if a scope names one', () => {
    const claims = fc.dictionary(
      fc.constantFrom('sub', 'scope', 'scp', 'email', 'email_verified', 'queues', 'toString'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(claims, fc.option(fc.array(fc.string())), (given, scopes) => {
        const caller = identifyCaller({ jwt: { claims: given, scopes } });
        if (!JSON.stringify([given, scopes]).includes('sluice/'))
          expect(caller !== undefined && hasRole(caller, 'viewer')).toBe(false);
      }),
      seeded(),
    );
  });
});

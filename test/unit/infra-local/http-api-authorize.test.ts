import { describe, expect, it } from 'vitest';
import { Callers } from '../../../infra/local/callers.ts';
import { authorize } from '../../../infra/local/http-api/authorize.ts';
import { Issuer } from '../../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../../infra/local/issuer/signing-key.ts';
import { gatewayRequest } from './gateway-request.ts';

const rules = { issuer: 'https://sluice.local', audience: ['sluice'] };
const key = await loadSigningKey();
const issuer = new Issuer(rules, async () => key);
const callers = new Callers();

/** Returns a token with these parts in its payload, over those that each has. */
const issue = async (claims: object, by = issuer): Promise<string> =>
  (await by.issue({ subject: 'jane', hours: 1, claims: { ...claims } })).token;

const check = (token: string, scopes: readonly string[] = []) =>
  authorize(
    { kind: 'jwt', rules, scopes },
    gatewayRequest({ headers: { authorization: [`Bearer ${token}`] } }),
    { callers, issuer },
  );

const checkRefused = async (token: string, scopes?: readonly string[]) => {
  const result = await check(token, scopes);
  if (result.ok) throw new Error('it is let in');
  const { status, headers, body } = result.answer;
  return { status, body, challenge: String(headers?.['www-authenticate']) };
};

describe('the authorizer of people', () => {
  it('hands on what a token says in the form of API Gateway', async () => {
    const more = { level: 3, admin: true, groups: ['a', 'b c', 1], address: { a: [1] }, gone: null };
    const result = await check(await issue(more));
    expect(result).toMatchObject({
      ok: true,
      context: {
        jwt: {
          claims: { sub: 'jane', level: '3', admin: 'true', groups: '[a b c 1]', address: '{"a":[1]}' },
          scopes: null,
        },
      },
    });
    expect(JSON.stringify(result)).not.toContain('gone');
  });

  it.each([
    ['a text', { scope: 'openid sluice/viewer' }],
    ['a list', { scp: ['openid', 'sluice/viewer'] }],
  ])(
    'reads scopes that are %s, and hands on those of the token, never those of the route',
    async (_, given) => {
      expect(await check(await issue(given), ['sluice/viewer', 'sluice/admin'])).toMatchObject({
        ok: true,
        context: { jwt: { scopes: ['openid', 'sluice/viewer'] } },
      });
    },
  );

  it.each([
    ['none', {}],
    ['another', { scope: 'openid' }],
    ['a part of one', { scope: 'sluice/view' }],
    ['one within another', { scope: 'my-sluice/viewer' }],
    ['those of a person without rights', { scope: '', scp: [] }],
  ])('refuses a token whose scopes are %s', async (_, given) => {
    expect(await checkRefused(await issue(given), ['sluice/viewer'])).toEqual({
      status: 403,
      body: '{"message":"Forbidden"}',
      challenge: expect.stringContaining('scope="sluice/viewer" error="insufficient_scope"'),
    });
  });

  it.each([
    ['has expired', { exp: 1 }, 'the token has expired'],
    ['is not valid yet', { nbf: 99_999_999_999 }, 'the token is not valid yet'],
    ['has another issuer', { iss: 'https://other.example' }, 'the token has another issuer'],
    ['is for somebody else', { aud: 'other' }, 'the token does not have a valid audience'],
    ['is for nobody', { aud: [] }, 'the token does not have a valid audience'],
  ])('says why: a token that %s', async (_, given, why) => {
    expect(await checkRefused(await issue(given))).toEqual({
      status: 401,
      body: '{"message":"Unauthorized"}',
      challenge: `Bearer scope="" error="invalid_token" error_description="${why}"`,
    });
  });

  it('does not repeat what it was given', async () => {
    const { challenge } = await checkRefused('"x"\r\ny.z.a');
    expect(challenge).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token is not one of this issuer"',
    );
  });
});

describe('the authorizer of services', () => {
  const signature =
    'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/execute-api/aws4_request,SignedHeaders=host,Signature=0a';
  const sign = (headers: Record<string, string[]>) =>
    authorize({ kind: 'iam' }, gatewayRequest({ headers }), { callers, issuer: undefined });

  it('knows a function by its session, and everybody else as the local user', async () => {
    const role = 'arn:aws:iam::000000000000:role/bridge';
    const token = callers.issueToken(role);
    const asRole = await sign({ authorization: [signature], 'x-amz-security-token': [token] });
    expect(asRole).toMatchObject({
      ok: true,
      context: { iam: { userArn: role, accountId: '000000000000' } },
    });
    const asUser = await sign({ authorization: [signature], 'x-amz-security-token': ['other'] });
    expect(asUser).toMatchObject({ context: { iam: { userArn: 'arn:aws:iam::000000000000:user/local' } } });
  });

  it.each([[{}], [{ authorization: ['Bearer a.b.c'] }], [{ authorization: [signature, signature] }]])(
    'refuses a request that is not signed: %j',
    async (headers) => {
      expect(await sign(headers as Record<string, string[]>)).toMatchObject({
        ok: false,
        answer: { status: 403, body: '{"message":"Forbidden"}' },
      });
    },
  );
});

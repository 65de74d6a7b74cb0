import { describe, expect, it } from 'vitest';
import { readTokenIssuer } from '../../../infra/token-issuer.ts';

const issuer = 'https://id.example.com/tenant';

describe('the issuer of the tokens of people', () => {
  it.each([
    ['sluice', ['sluice']],
    ['["web","mobile"]', ['web', 'mobile']],
    [
      ['web', 'api://sluice'],
      ['web', 'api://sluice'],
    ],
  ])('is taken with one audience, a list, or the JSON of a list: %j', (audience, expected) => {
    expect(readTokenIssuer({ issuer, audience })).toEqual({ issuer, audience: expected });
  });

  it.each(['https://tenant.eu.auth0.com/', 'https://sluice.local', 'https://id.example.com:8443/a/b'])(
    'is taken as it is, since tokens must name it letter by letter: %s',
    (given) => {
      expect(readTokenIssuer({ issuer: given, audience: 'a' })?.issuer).toBe(given);
    },
  );

  it('is none where neither issuer nor audience is given', () => {
    expect(readTokenIssuer({})).toBeUndefined();
  });

  it('is refused without an audience, which would let in any token of the issuer, and the other way round', () => {
    expect(() => readTokenIssuer({ issuer })).toThrow(
      'context audience: not given, but issuer is; allowed: what tokens have in aud or client_id',
    );
    expect(() => readTokenIssuer({ audience: 'sluice' })).toThrow(
      'context issuer: not given, but audience is; allowed: the https URL of an OpenID Connect issuer',
    );
  });

  it.each([
    'http://id.example.com',
    'id.example.com',
    '',
    7,
    true,
    'https://user:secret@id.example.com',
    'https://id.example.com?tenant=1',
    'https://id.example.com#x',
    'https://id.example.com/.well-known/openid-configuration',
    ' https://id.example.com',
  ])('is refused where it is no URL of an issuer: %j', (given) => {
    expect(() => readTokenIssuer({ issuer: given, audience: 'a' })).toThrow(
      `context issuer: given ${JSON.stringify(given)}; allowed: the https URL of an OpenID Connect issuer`,
    );
  });

  it.each([
    '',
    'two words',
    '[]',
    '["a"',
    '["a","a"]',
    '["a",7]',
    [],
    {},
    7,
    'x'.repeat(201),
    Array.from({ length: 51 }, (_, i) => `a${i}`),
  ])('is refused with an audience that is none: %j', (given) => {
    expect(() => readTokenIssuer({ issuer, audience: given })).toThrow(
      `context audience: given ${JSON.stringify(given)}; allowed: what tokens have in aud or client_id`,
    );
  });
});

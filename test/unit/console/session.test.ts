import { describe, expect, it } from 'vitest';
import { type ConsoleConfig, parseConfig } from '../../../console/session/config.ts';
import { connectOidc } from '../../../console/session/oidc.ts';
import { readPerson } from '../../../console/session/person.ts';
import { Issuer } from '../../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../../infra/local/issuer/signing-key.ts';
import { issuerProtocol } from '../../../infra/local/protocols/issuer.ts';
import { serve } from '../infra-local/gateway.ts';

const config = {
  issuer: 'https://sluice.local',
  discovery: 'https://auth.example.com/.well-known/openid-configuration',
  clientId: 'sluice-console',
  scope: 'sluice/viewer',
  local: false,
};

describe('the settings of the console', () => {
  it('are read as they are', () => {
    expect(parseConfig({ ...config, more: 1 })).toEqual(config);
  });

  it.each([
    [{ issuer: undefined }, 'issuer: given undefined'],
    [{ clientId: '' }, 'clientId: given ""'],
    [{ scope: 7 }, 'scope: given 7'],
    [{ local: 'no' }, 'local: given "no"; allowed: true, false'],
    [{ discovery: 'javascript:alert(1)' }, 'discovery: given "javascript:alert(1)"'],
    [{ discovery: 'http://auth.example.com/' }, 'discovery: given "http://auth.example.com/"'],
    [{ issuer: 'sluice' }, 'issuer: given "sluice"'],
  ])('are refused with the field, its value and what is allowed: %j', (change, said) => {
    expect(() => parseConfig({ ...config, ...change })).toThrow(said);
  });

  it('may name an address without HTTPS on this machine only', () => {
    const local = { ...config, discovery: 'http://127.0.0.1:8010/x', local: true };
    expect(parseConfig(local).discovery).toBe('http://127.0.0.1:8010/x');
  });

  it.each([null, [], 'text'])('are an object: %j', (given) => {
    expect(() => parseConfig(given)).toThrow('config.json');
  });
});

const tokenOf = (claims: object): string =>
  ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

describe('the person of a token', () => {
  it.each([
    [{ scope: 'openid sluice/viewer sluice/seller' }, 'seller'],
    [{ scope: 'sluice/admin' }, 'admin'],
    [{ scp: ['sluice/seller'] }, 'seller'],
    [{ scope: 'other/sluice/admin sluice/administrator' }, 'viewer'],
    [{}, 'viewer'],
  ])('has the most powerful role that it names, and the least without one: %j', (claims, role) => {
    expect(readPerson(tokenOf({ sub: 'x', ...claims })).role).toBe(role);
  });

  it.each([
    [{ email: 'anna@example.com', sub: 'id' }, 'anna@example.com'],
    [{ email: 'anna@example.com', email_verified: false, sub: 'id' }, 'id'],
    [{ email: 'anna@example.com', email_verified: 'false', sub: 'id' }, 'id'],
    [{ sub: 'Añña Бо' }, 'Añña Бо'],
  ])('has the name under which the API records what it decides: %j', (claims, name) => {
    expect(readPerson(tokenOf(claims)).subject).toBe(name);
  });

  it.each([[['sales', 'priority']], ['sales priority'], ['sales,priority'], ['["sales","priority"]']])(
    'has its queues, however the issuer writes a list: %j',
    (queues) => {
      expect(readPerson(tokenOf({ sub: 'x', queues })).queues).toEqual(['sales', 'priority']);
    },
  );

  it.each(['', 'text', 'a.b.c'])('is nobody without a JSON Web Token: %j', (token) => {
    expect(() => readPerson(token)).toThrow();
  });
});

const key = await loadSigningKey();

/** Serves the issuer of this machine, and connects to it as the page does. */
const setUp = async (change: Partial<ConsoleConfig> = {}) => {
  const rules = { issuer: 'https://sluice.local', audience: ['sluice'] };
  const { endpoint } = await serve(issuerProtocol(new Issuer(rules, async () => key)));
  const redirectUri = `${endpoint}/console/`;
  const discovery = `${endpoint}/local/.well-known/openid-configuration`;
  const oidc = await connectOidc({ ...config, discovery, local: true, ...change }, redirectUri);
  const { address, pending } = await oidc.begin('es');
  /** Fills in the form, and returns the address that the browser is sent back to. */
  const choose = async (fields: Record<string, string> = { role: 'admin', subject: 'jane@example.com' }) => {
    const body = new URLSearchParams(fields);
    const { headers } = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    return new URL(headers.get('location') ?? '');
  };
  return { oidc, address, pending: { ...pending, fragment: '' }, choose, endpoint, redirectUri };
};

describe('the sign-in of the console', () => {
  it('gets a token of the person who was chosen', async () => {
    const { oidc, pending, choose } = await setUp();
    const { access } = await oidc.finish(await choose(), pending);
    expect(readPerson(access)).toEqual({
      subject: 'jane@example.com',
      id: expect.any(String),
      role: 'admin',
      queues: [],
    });
  });

  it('asks in the language that the reader has chosen, whatever that of the browser is', async () => {
    const { address } = await setUp();
    const page = await fetch(address, { headers: { 'accept-language': 'en-US,en' } });
    expect(await page.text()).toContain('<html lang="es">');
  });

  it('shows the issuer a hash of its verifier only', async () => {
    const { address, pending } = await setUp();
    const { searchParams } = new URL(address);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('state')).toBe(pending.state);
    expect(address).not.toContain(pending.verifier);
  });

  it.each([
    ['the state of another request', { state: 'other' }],
    ['no state', { state: undefined }],
    ['the name of another issuer', { iss: 'https://evil.example' }],
    ['no name of an issuer', { iss: undefined }],
    ['an error', { error: 'access_denied', code: undefined }],
    ['a code of somebody else', { code: 'guess' }],
  ])('takes no answer that has %s', async (_, change) => {
    const { oidc, pending, choose } = await setUp();
    const address = await choose();
    for (const [name, value] of Object.entries(change))
      if (value === undefined) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    await expect(oidc.finish(address, pending)).rejects.toThrow();
  });

  it('takes no answer a second time', async () => {
    const { oidc, pending, choose } = await setUp();
    const address = await choose();
    await oidc.finish(address, pending);
    await expect(oidc.finish(address, pending)).rejects.toThrow();
  });

  it('takes no answer with the verifier of another request', async () => {
    const { oidc, pending, choose } = await setUp();
    const { pending: other } = await oidc.begin('es');
    await expect(oidc.finish(await choose(), { ...pending, verifier: other.verifier })).rejects.toThrow();
  });

  it('trusts no description of another issuer', async () => {
    await expect(setUp({ issuer: 'https://other.example' })).rejects.toThrow();
  });

  it('sends no code without HTTPS to an issuer elsewhere', async () => {
    const { oidc, pending, choose } = await setUp({ local: false });
    await expect(oidc.finish(await choose(), pending)).rejects.toThrow(/HTTPS/);
  });

  it('ends at the issuer, which sends people back to the console', async () => {
    const { oidc, endpoint, redirectUri } = await setUp();
    const ended = new URL(oidc.endAddress() ?? '');
    expect(`${ended.origin}${ended.pathname}`).toBe(`${endpoint}/local/sign-out`);
    expect(ended.searchParams.get('post_logout_redirect_uri')).toBe(redirectUri);
    const { status, headers } = await fetch(ended, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([303, redirectUri]);
  });
});

describe('a session that has expired', () => {
  /** Serves an issuer that gives refresh tokens, each of them once. */
  const setUpRefreshing = async () => {
    const used = new Set<string>();
    const { endpoint } = await serve({
      speaks: () => true,
      answer: ({ path, endpoint: at, body }) => {
        const described = { issuer: at, authorization_endpoint: `${at}/a`, token_endpoint: `${at}/t` };
        if (path !== '/t') return json(200, described);
        const given = new URLSearchParams(body.toString()).get('refresh_token') ?? '';
        if (used.has(given) || !given.startsWith('refresh')) return json(400, { error: 'invalid_grant' });
        used.add(given);
        const next = given === 'refresh-1' ? { refresh_token: 'refresh-2' } : {};
        return json(200, { access_token: `access for ${given}`, token_type: 'bearer', ...next });
      },
      refuse: () => json(500, {}),
    });
    const json = (status: number, body: object) => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const local = { ...config, issuer: endpoint, discovery: `${endpoint}/d`, local: true };
    return connectOidc(local, `${endpoint}/console/`);
  };

  it('is renewed by a refresh token, which the next one takes the place of if there is one', async () => {
    const oidc = await setUpRefreshing();
    expect(await oidc.refresh('refresh-1')).toEqual({ access: 'access for refresh-1', refresh: 'refresh-2' });
    expect(await oidc.refresh('refresh-2')).toEqual({ access: 'access for refresh-2', refresh: 'refresh-2' });
  });

  it('is over if the issuer gives no more tokens', async () => {
    await expect((await setUpRefreshing()).refresh('revoked')).rejects.toThrow();
  });

  it('has no address to sign out if the issuer has none', async () => {
    expect((await setUpRefreshing()).endAddress()).toBeUndefined();
  });
});

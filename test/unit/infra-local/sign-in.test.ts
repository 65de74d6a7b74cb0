import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Issuer } from '../../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../../infra/local/issuer/signing-key.ts';
import { issuerProtocol } from '../../../infra/local/protocols/issuer.ts';
import { gatewayRequest, type RequestProps } from './gateway-request.ts';

const rules = { issuer: 'https://sluice.local', audience: ['sluice'] };
const key = await loadSigningKey();
const issuer = new Issuer(rules, async () => key);

const origin = 'http://127.0.0.1:8010';
const redirectUri = `${origin}/console/`;
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

const valid = {
  response_type: 'code',
  client_id: 'sluice-console',
  redirect_uri: redirectUri,
  scope: 'sluice/viewer sluice/seller sluice/admin',
  state: 'state-1',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};
const anna = { role: 'seller', subject: 'anna@example.com', queues: 'sales, sales-priority' };

type Parameters = Readonly<Record<string, string | undefined>>;

/** Writes parameters; one that is undefined is left out. */
const write = (parameters: Parameters): string =>
  new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();

const setUp = () => {
  const protocol = issuerProtocol(issuer);
  const ask = async (props: RequestProps) => {
    const { status, headers = {}, body = '' } = await protocol.answer(gatewayRequest(props));
    const location = headers.location === undefined ? undefined : new URL(String(headers.location));
    return { status, headers, body: String(body), location, cookie: String(headers['set-cookie'] ?? '') };
  };
  const authorize = (change: Parameters = {}, cookie?: string, host = '127.0.0.1:8010') =>
    ask({
      path: '/local/authorize',
      query: write({ ...valid, ...change }),
      headers: { host: [host], ...(cookie !== undefined && { cookie: [cookie] }) },
    });
  const submit = (fields: Parameters = anna, change: Parameters = {}) =>
    ask({
      method: 'POST',
      path: '/local/authorize',
      query: write({ ...valid, ...change }),
      headers: { host: ['127.0.0.1:8010'] },
      body: write(fields),
    });
  const exchange = async (change: Parameters, more = '') => {
    const given = {
      grant_type: 'authorization_code',
      client_id: 'sluice-console',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...change,
    };
    const answer = await ask({ method: 'POST', path: '/local/token', body: `${write(given)}${more}` });
    return { ...answer, json: JSON.parse(answer.body) as Record<string, string> };
  };
  const signOut = (query: string, cookie: string) =>
    ask({ path: '/local/sign-out', query, headers: { host: ['127.0.0.1:8010'], cookie: [cookie] } });
  const getCode = async () => (await submit()).location?.searchParams.get('code') ?? '';
  return { ask, authorize, submit, exchange, signOut, getCode };
};

afterEach(() => {
  vi.useRealTimers();
});

describe('the page on which somebody signs in', () => {
  it('asks who somebody is, without a script and without anything from elsewhere', async () => {
    const { status, headers, body } = await setUp().authorize();
    expect(status).toBe(200);
    expect(body).toContain('Salesperson');
    expect(body).not.toMatch(/<script|style=|onclick|https?:/i);
    const policy =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    expect(headers).toMatchObject({ 'content-security-policy': policy, 'cache-control': 'no-store' });
  });

  it('speaks Spanish to those who read Spanish', async () => {
    const headers = { host: ['127.0.0.1:8010'], 'accept-language': ['es-MX,en;q=0.8'] };
    const { body } = await setUp().ask({ path: '/local/authorize', query: write(valid), headers });
    expect(body).toContain('<html lang="es">');
    expect(body).toContain('Ventas');
  });

  it.each([
    ['es', 'en-US,en', 'es'],
    ['fr en', 'es', 'en'],
    ['fr', 'es-MX', 'es'],
    ['<script>', 'de', 'en'],
  ])(
    'speaks the language that the console names, %s, before that of the browser, %s: %s',
    async (wanted, of, spoken) => {
      const headers = { host: ['127.0.0.1:8010'], 'accept-language': [of] };
      const query = write({ ...valid, ui_locales: wanted });
      const { body } = await setUp().ask({ path: '/local/authorize', query, headers });
      expect(body).toContain(`<html lang="${spoken}">`);
      expect(body).not.toContain('<script>');
    },
  );

  it('speaks as the console does', async () => {
    const { body } = await setUp().authorize({ ui_locales: 'es' });
    expect(body).toContain('Iniciar sesión');
    expect(body).not.toMatch(/\b(su|sus|elija|puede|entrar|salir)\b/i);
  });

  it('sends the browser back to the console, with a code, the state as it was given, and its own name', async () => {
    const state = 'a b&c=d#e%f';
    const { status, location, cookie } = await setUp().submit(anna, { state });
    expect(status).toBe(303);
    expect(`${location?.origin}${location?.pathname}`).toBe(redirectUri);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/),
      state,
      iss: 'https://sluice.local',
    });
    expect(cookie).toMatch(
      /^sluice-8010=[\w-]{43}; Max-Age=43200; Path=\/local\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it.each([
    ['a role that there is not', { ...anna, role: 'owner' }, 'Choose one of these.'],
    ['no role', { ...anna, role: undefined }, 'Choose one of these.'],
    ['no name', { ...anna, subject: '  ' }, 'Allowed are 1 to 128 characters.'],
    ['a name that is too long', { ...anna, subject: 'x'.repeat(129) }, 'Allowed are 1 to 128 characters.'],
    ['a queue that can not be one', { ...anna, queues: 'sales 1' }, 'Allowed are at most 100 names'],
  ])('marks what is wrong: %s', async (_, fields, said) => {
    const { status, body, location, cookie } = await setUp().submit(fields);
    expect([status, location, cookie]).toEqual([400, undefined, '']);
    expect(body).toContain(said);
  });

  it('shows what was typed as text', async () => {
    const subject = `"><script>alert(1)</script>'&`.padEnd(130, 'x');
    const { body } = await setUp().submit({ ...anna, subject });
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;');
    expect(body).not.toContain('<script');
  });

  it('shows an address that was tampered with as text', async () => {
    const { body } = await setUp().authorize({ state: '"><script>' });
    expect(body).not.toContain('<script');
    const refused = await setUp().authorize({ redirect_uri: 'https://x.example/"><script>' });
    expect(refused.body).not.toContain('<script');
  });
});

describe('a session of the local issuer', () => {
  const cookieOf = (setCookie: string): string => setCookie.split(';')[0] ?? '';

  it('spares somebody who reloads the console the page', async () => {
    const { submit, authorize, exchange } = setUp();
    const cookie = cookieOf((await submit()).cookie);
    const again = await authorize({ state: 'other' }, `a=b; ${cookie}; c=d`);
    expect([again.status, again.location?.searchParams.get('state')]).toEqual([303, 'other']);
    const { json } = await exchange({ code: again.location?.searchParams.get('code') ?? '' });
    expect(json.scope).toBe('sluice/seller');
  });

  it('ends when somebody signs out, also for a copy of its cookie', async () => {
    const { submit, authorize, signOut } = setUp();
    const cookie = cookieOf((await submit()).cookie);
    const ended = await signOut(write({ post_logout_redirect_uri: redirectUri }), cookie);
    expect([ended.status, ended.location?.href]).toEqual([303, redirectUri]);
    expect(ended.cookie).toMatch(/^sluice-8010=; Max-Age=0; /);
    expect((await authorize({}, cookie)).status).toBe(200);
  });

  it.each(['https://evil.example/', `${origin}/console/../x`, `${origin}/console/?x`, '//evil.example'])(
    'sends nobody to %s when it ends',
    async (uri) => {
      const { submit, signOut } = setUp();
      const { status, location } = await signOut(
        write({ post_logout_redirect_uri: uri }),
        cookieOf((await submit()).cookie),
      );
      expect([status, location]).toEqual([200, undefined]);
    },
  );

  it('is left when somebody else signs in', async () => {
    const { submit, authorize } = setUp();
    const cookie = cookieOf((await submit()).cookie);
    expect((await authorize({ prompt: 'login' }, cookie)).status).toBe(200);
  });

  it('is over after twelve hours', async () => {
    const { submit, authorize } = setUp();
    const cookie = cookieOf((await submit()).cookie);
    vi.useFakeTimers({ now: Date.now() + 12 * 3_600_000, toFake: ['Date'] });
    expect((await authorize({}, cookie)).status).toBe(200);
  });

  it.each([undefined, 'sluice-8010=', 'sluice-8010=guess', 'sluice-8011=x'])(
    'is not that of %s, and a silent request says so',
    async (cookie) => {
      const { location } = await setUp().authorize({ prompt: 'none' }, cookie);
      expect(location?.searchParams.get('error')).toBe('login_required');
      expect(location?.searchParams.get('state')).toBe('state-1');
      expect(location?.searchParams.get('code')).toBeNull();
    },
  );
});

describe('a request to sign in', () => {
  const uris = [
    undefined,
    'https://evil.example/console/',
    `${origin}/console`,
    `${origin}/console/?next=1`,
    `${origin}/console/#x`,
    `${origin}/console/../`,
    `${origin}/CONSOLE/`,
    'http://127.0.0.1:8011/console/',
    'https://127.0.0.1:8010/console/',
    'http://127.0.0.1:8010@evil.example/console/',
    '/console/',
    'javascript:alert(1)',
  ];

  it.each(uris)('sends nobody to another address than the console: %s', async (uri) => {
    for (const answer of [
      await setUp().authorize({ redirect_uri: uri }),
      await setUp().submit(anna, { redirect_uri: uri }),
    ])
      expect([answer.status, answer.location, answer.cookie]).toEqual([400, undefined, '']);
  });

  it('goes back to the name of this machine by which it was asked', async () => {
    const uri = 'http://localhost:8010/console/';
    const { authorize } = setUp();
    expect((await authorize({ redirect_uri: uri }, undefined, 'localhost:8010')).status).toBe(200);
    expect((await authorize({ redirect_uri: uri })).status).toBe(400);
  });

  it.each([undefined, '', 'other'])('is that of the console: %s', async (client) => {
    const { status, location } = await setUp().authorize({ client_id: client });
    expect([status, location]).toEqual([400, undefined]);
  });

  it.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['without a challenge', { code_challenge: undefined }, 'invalid_request'],
    ['with a verifier that is not hashed', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with the method left out, which means plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['with a challenge that is none', { code_challenge: 'short' }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    ['for more than the console has', { scope: 'sluice/admin other' }, 'invalid_scope'],
    ['with a prompt that there is not', { prompt: 'consent' }, 'invalid_request'],
  ])('is refused %s', async (_, change, error) => {
    for (const { status, location, cookie } of [
      await setUp().authorize(change),
      await setUp().submit(anna, change),
    ]) {
      expect([status, cookie]).toEqual([303, '']);
      expect(location?.href.startsWith(`${redirectUri}?`)).toBe(true);
      expect(location?.searchParams.get('error')).toBe(error);
      expect(location?.searchParams.get('state')).toBe('state-1');
      expect(location?.searchParams.get('code')).toBeNull();
    }
  });

  it('has each parameter once', async () => {
    const { ask } = setUp();
    const headers = { host: ['127.0.0.1:8010'] };
    const twice = (more: string) =>
      ask({ path: '/local/authorize', query: `${write(valid)}&${more}`, headers });
    expect((await twice('redirect_uri=https://evil.example/')).location).toBeUndefined();
    expect((await twice('state=other')).location).toBeUndefined();
    expect((await twice('code_challenge=x')).location?.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('a code of the local issuer', () => {
  it('is exchanged for a token of the person who signed in', async () => {
    const { getCode, exchange } = setUp();
    const { status, headers, json } = await exchange({ code: await getCode() });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(json).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 43_200,
      scope: 'sluice/seller',
    });
    expect(await issuer.verify(json.access_token ?? '', rules)).toMatchObject({
      sub: 'anna@example.com',
      scope: 'sluice/seller',
      queues: ['sales', 'sales-priority'],
    });
  });

  it('gives queues to a salesperson only', async () => {
    const { submit, exchange } = setUp();
    const { location } = await submit({ ...anna, role: 'admin' });
    const { json } = await exchange({ code: location?.searchParams.get('code') ?? '' });
    const claims = await issuer.verify(json.access_token ?? '', rules);
    expect(claims).toMatchObject({ scope: 'sluice/admin' });
    expect(claims).not.toHaveProperty('queues');
  });

  it('is worth nothing the second time', async () => {
    const { getCode, exchange } = setUp();
    const code = await getCode();
    expect((await exchange({ code })).status).toBe(200);
    const { status, json } = await exchange({ code });
    expect([status, json.error]).toEqual([400, 'invalid_grant']);
  });

  it.each([
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_grant'],
    ['the challenge in place of the verifier', { code_verifier: challenge }, 'invalid_grant'],
    ['another address', { redirect_uri: 'http://localhost:8010/console/' }, 'invalid_grant'],
    ['no address', { redirect_uri: undefined }, 'invalid_grant'],
  ])('is worth nothing with %s, nor after it', async (_, change, error) => {
    const { getCode, exchange } = setUp();
    const code = await getCode();
    const { status, json } = await exchange({ code, ...change });
    expect([status, json.error, json.access_token]).toEqual([400, error, undefined]);
    expect((await exchange({ code })).json.error).toBe('invalid_grant');
  });

  it.each([
    ['another client', { client_id: 'other' }, 'invalid_client'],
    ['another grant', { grant_type: 'refresh_token' }, 'unsupported_grant_type'],
    ['a grant of a password', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a code that was guessed', { code: 'guess' }, 'invalid_grant'],
    ['no code', { code: undefined }, 'invalid_grant'],
  ])('gives no token for %s', async (_, change, error) => {
    const { getCode, exchange } = setUp();
    const { status, json } = await exchange({ code: await getCode(), ...change });
    expect([status, json.error, json.access_token]).toEqual([400, error, undefined]);
  });

  it('gives no token for a parameter that is given twice', async () => {
    const { getCode, exchange } = setUp();
    const { json } = await exchange({ code: await getCode() }, '&code_verifier=other');
    expect(json.error).toBe('invalid_request');
  });

  it('is worth nothing after a minute', async () => {
    const { getCode, exchange } = setUp();
    const [young, old] = [await getCode(), await getCode()];
    const now = Date.now();
    vi.useFakeTimers({ now: now + 58_000, toFake: ['Date'] });
    expect((await exchange({ code: young })).status).toBe(200);
    vi.setSystemTime(now + 61_000);
    expect((await exchange({ code: old })).json.error).toBe('invalid_grant');
  });

  it('is not one of another stack', async () => {
    const code = await setUp().getCode();
    expect((await setUp().exchange({ code })).json.error).toBe('invalid_grant');
  });

  it('goes when a thousand others have come', async () => {
    const { getCode, exchange } = setUp();
    const [first, second] = [await getCode(), await getCode()];
    for (let i = 0; i < 999; i++) await getCode();
    expect((await exchange({ code: first })).json.error).toBe('invalid_grant');
    expect((await exchange({ code: second })).status).toBe(200);
  });
});

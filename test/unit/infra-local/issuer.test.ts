import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JwtExpiredError, JwtInvalidSignatureError } from 'aws-jwt-verify/error';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDataFolder } from '../../../infra/local/data/data-folder.ts';
import { Issuer } from '../../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../../infra/local/issuer/signing-key.ts';

const rules = { issuer: 'https://sluice.local', audience: ['sluice'] };
const key = await loadSigningKey();
const issuer = new Issuer(rules, async () => key);
const props = { subject: 'jane@example.com', hours: 1, claims: { scope: 'sluice/viewer' } };

const decode = (token: string): Record<string, unknown>[] =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

afterEach(() => {
  vi.useRealTimers();
});

describe('the issuer', () => {
  it('gives tokens that say who somebody is, and that it accepts itself', async () => {
    const { token, expiresAt } = await issuer.issue({
      ...props,
      claims: { ...props.claims, queues: ['sales'] },
    });
    const [header, payload] = decode(token);
    expect(header).toEqual({ alg: 'RS256', kid: key.jwk.kid, typ: 'JWT' });
    expect(payload).toEqual({
      iss: 'https://sluice.local',
      aud: 'sluice',
      sub: 'jane@example.com',
      scope: 'sluice/viewer',
      queues: ['sales'],
      iat: expect.any(Number),
      exp: expiresAt / 1_000,
      jti: expect.any(String),
    });
    expect(Number(payload?.exp) - Number(payload?.iat)).toBe(3_600);
    expect(await issuer.verify(token, rules)).toEqual(payload);
  });

  it('gives tokens for all audiences of the app', async () => {
    const several = { ...rules, audience: ['a', 'b'] };
    const { token } = await new Issuer(several, async () => key).issue(props);
    expect(await issuer.verify(token, { ...rules, audience: ['b'] })).toMatchObject({ aud: ['a', 'b'] });
  });

  it('shows its public key alone', async () => {
    expect(await issuer.listKeys()).toEqual([
      { kty: 'RSA', use: 'sig', alg: 'RS256', kid: key.jwk.kid, n: expect.any(String), e: 'AQAB' },
    ]);
  });

  it('asks for its key again if it got none', async () => {
    let tries = 0;
    const later = new Issuer(rules, async () => {
      tries++;
      if (tries === 1) throw new Error('the disk is full');
      return key;
    });
    await expect(later.issue(props)).rejects.toThrow('the disk is full');
    await later.verify((await later.issue(props)).token, rules);
    expect(tries).toBe(2);
  });

  it('makes its key once, when it is needed', async () => {
    const load = vi.fn(async () => key);
    const lazy = new Issuer(rules, load);
    expect(load).not.toHaveBeenCalled();
    await Promise.all([lazy.issue(props), lazy.issue(props), lazy.listKeys()]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('refuses a token that has expired, to the second', async () => {
    const { token, expiresAt } = await issuer.issue(props);
    vi.useFakeTimers({ now: expiresAt - 1_000, toFake: ['Date'] });
    await expect(issuer.verify(token, rules)).resolves.toMatchObject({ sub: 'jane@example.com' });
    vi.setSystemTime(expiresAt + 1_000);
    await expect(issuer.verify(token, rules)).rejects.toThrow(JwtExpiredError);
  });

  it.each([
    ['of another issuer', { ...rules, issuer: 'https://other.example' }],
    ['for another audience', { ...rules, audience: ['other'] }],
  ])('refuses a token %s', async (_, other) => {
    const { token } = await new Issuer(other, async () => key).issue(props);
    await expect(issuer.verify(token, rules)).rejects.toThrow();
  });

  it('refuses a token of another key', async () => {
    const { token } = await new Issuer(rules, () => loadSigningKey()).issue(props);
    await expect(issuer.verify(token, rules)).rejects.toThrow();
  });

  it('refuses a token of another key that has the name of its own', async () => {
    const { token } = await issuer.issue(props);
    const text = token.split('.').slice(0, 2).join('.');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const forged = `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    await expect(issuer.verify(forged, rules)).rejects.toThrow(JwtInvalidSignatureError);
  });

  it('refuses a token whose claims were changed', async () => {
    const { token } = await issuer.issue(props);
    const [header, , signature] = token.split('.');
    const [, payload] = decode(token);
    const changed = encode({ ...payload, scope: 'sluice/admin' });
    await expect(issuer.verify(`${header}.${changed}.${signature}`, rules)).rejects.toThrow();
  });

  it.each(['none', 'HS256'])('refuses a token that is signed by %s', async (alg) => {
    const [, payload] = decode((await issuer.issue(props)).token);
    const text = `${encode({ alg, kid: key.jwk.kid, typ: 'JWT' })}.${encode(payload ?? {})}`;
    // The public key as a secret, which is known to everybody.
    const secret = JSON.stringify(key.jwk);
    const signature = alg === 'none' ? '' : createHmac('sha256', secret).update(text).digest('base64url');
    await expect(issuer.verify(`${text}.${signature}`, rules)).rejects.toThrow();
  });

  it.each(['', 'x', 'a.b.c', '..', '{}', 'a'.repeat(10_000)])(
    'refuses what is no token: %s',
    async (text) => {
      await expect(issuer.verify(text, rules)).rejects.toThrow();
    },
  );
});

describe('the key of the issuer', () => {
  const setUp = () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'sluice-issuer-')), 'data');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return { folder, file: join(folder, 'issuer-key.pem') };
  };

  it('is stored in the data folder, for its owner alone, so that tokens survive a restart', async () => {
    const { folder, file } = setUp();
    const first = openDataFolder(folder);
    const { token } = await new Issuer(rules, () => loadSigningKey(first)).issue(props);
    first.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const second = openDataFolder(folder);
    onTestFinished(() => second.close());
    const again = new Issuer(rules, () => loadSigningKey(second));
    expect(await again.verify(token, rules)).toMatchObject({ sub: 'jane@example.com' });
  });

  it('is not made anew if its file can not be read: all tokens would be refused without a word', async () => {
    const { folder, file } = setUp();
    const data = openDataFolder(folder);
    onTestFinished(() => data.close());
    writeFileSync(file, 'no key');
    await expect(loadSigningKey(data)).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining('issuer-key.pem'),
    });
    expect(readFileSync(file, 'utf8')).toBe('no key');
  });

  it('is removed with a folder whose opening is undone', async () => {
    const { folder, file } = setUp();
    const data = openDataFolder(folder);
    await loadSigningKey(data);
    expect(statSync(file).size).toBeGreaterThan(1_000);
    data.close();
    data.discard();
    expect(() => readdirSync(folder)).toThrow();
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Issuer } from '../../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../../infra/local/issuer/signing-key.ts';
import { type ConsoleProps, consoleProtocol } from '../../../infra/local/protocols/console.ts';
import { gatewayRequest, type RequestProps } from './gateway-request.ts';

const page = '<!doctype html>'.repeat(50);
const script = 'export const x = 1;'.repeat(50);

/** Writes a build into a folder beside a file that nobody may read. */
const writeBuild = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-console-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'build/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '"hidden"');
  writeFileSync(join(folder, 'build/index.html'), page);
  writeFileSync(join(folder, 'build/assets/index-Ab_1-9xZ.js'), script);
  writeFileSync(join(folder, 'build/assets/logo.svg'), '<svg/>');
  return join(folder, 'build');
};

const issuer = new Issuer({ issuer: 'https://sluice.local', audience: ['sluice'] }, () => loadSigningKey());

const setUp = (props: Partial<ConsoleProps> = {}) => {
  const folder = writeBuild();
  const protocol = consoleProtocol({ findFolder: async () => folder, ...props }, issuer);
  const ask = async (path: string, more: RequestProps = {}) => {
    const { status, headers = {}, body = '' } = await protocol.answer(gatewayRequest({ path, ...more }));
    return { status, headers, body };
  };
  return { protocol, ask };
};

describe('the console of a local stack', () => {
  it.each([
    ['/console/', page, 'text/html; charset=utf-8', 'no-cache'],
    ['/console/index.html', page, 'text/html; charset=utf-8', 'no-cache'],
    [
      '/console/assets/index-Ab_1-9xZ.js',
      script,
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    ['/console/assets/logo.svg', '<svg/>', 'image/svg+xml', 'no-cache'],
  ])(
    'serves %s with its type, and caches for ever what has its hash in its name',
    async (path, text, type, caching) => {
      const { status, headers, body } = await setUp().ask(path);
      expect([status, String(body)]).toEqual([200, text]);
      expect(headers).toMatchObject({ 'content-type': type, 'cache-control': caching });
    },
  );

  it('allows only what comes from its own origin, and nothing inline', async () => {
    const { headers } = await setUp().ask('/console/');
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  it.each(['/console/missing.js', '/console/config.json/x', '/console'])(
    'protects what is no file as well: %s',
    async (path) => {
      const { headers } = await setUp().ask(path);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );

  it.each([
    '/console/../secret.json',
    '/console/..%2fsecret.json',
    '/console/%2e%2e/secret.json',
    '/console/assets/../../secret.json',
    '/console//index.html',
    '/console/assets\\..\\..\\secret.json',
    '/console/assets',
    '/console/index.html\0.js',
    '/console/__proto__',
  ])('serves nothing outside of the build: %s', async (path) => {
    const { status, body } = await setUp().ask(path);
    expect([status, String(body)]).toEqual([404, 'The console has no such file.\n']);
  });

  it.each([
    ['gzip, deflate, br', true],
    ['GZIP', true],
    ['*', true],
    ['gzip;q=0.5', true],
    ['gzip;q=0', false],
    ['gzip; q=0.0, *', false],
    ['br', false],
    ['', false],
  ])('compresses what it sends if the client takes it: %s', async (accepted, isZipped) => {
    const headers = { 'accept-encoding': [accepted] };
    const answer = await setUp().ask('/console/', { headers });
    expect(answer.headers['content-encoding']).toBe(isZipped ? 'gzip' : undefined);
    expect(answer.headers.vary).toBe('accept-encoding');
    const plain = isZipped ? gunzipSync(answer.body as Buffer) : answer.body;
    expect(String(plain)).toBe(page);
  });

  it('sends no content that the client has already', async () => {
    const { ask } = setUp();
    const etag = String((await ask('/console/')).headers.etag);
    const again = await ask('/console/', { headers: { 'if-none-match': [`"other", W/${etag}`] } });
    expect([again.status, again.body]).toEqual([304, '']);
    expect(again.headers.etag).toBe(etag);
    const zipped = { 'accept-encoding': ['gzip'], 'if-none-match': [etag] };
    expect((await ask('/console/', { headers: zipped })).status).toBe(200);
  });

  it('leads to its folder', async () => {
    const { status, headers } = await setUp().ask('/console');
    expect([status, headers.location]).toEqual([302, '/console/']);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('is only read: %s', async (method) => {
    const { status, headers } = await setUp().ask('/console/', { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('reads the build once', async () => {
    const folder = writeBuild();
    const findFolder = vi.fn(async () => folder);
    const { ask } = setUp({ findFolder });
    await Promise.all([ask('/console/'), ask('/console/'), ask('/console/assets/logo.svg')]);
    expect(findFolder).toHaveBeenCalledTimes(1);
  });

  it('says why it could not be built, as plain text, and builds it again when it is asked again', async () => {
    const folder = writeBuild();
    const findFolder = vi
      .fn(async () => folder)
      .mockRejectedValueOnce(new Error('<b>rolldown</b> has no binding for this machine'));
    const { ask } = setUp({ findFolder });
    const failed = await ask('/console/');
    expect(failed.status).toBe(503);
    expect(failed.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(failed.body).toContain('<b>rolldown</b> has no binding for this machine');
    expect((await ask('/console/')).status).toBe(200);
  });

  it('tells the page by whom it signs people in, at the host by which the page was asked for', async () => {
    const headers = { host: ['localhost:8010'] };
    const { status, headers: sent, body } = await setUp().ask('/console/config.json', { headers });
    expect([status, sent['cache-control']]).toEqual([200, 'no-store']);
    expect(JSON.parse(String(body))).toEqual({
      issuer: 'https://sluice.local',
      discovery: 'http://localhost:8010/local/.well-known/openid-configuration',
      clientId: 'sluice-console',
      scope: 'sluice/viewer sluice/seller sluice/admin',
      local: true,
    });
  });

  it('leaves all other paths to others, and all paths if there is no console', () => {
    const { protocol } = setUp();
    const none = consoleProtocol(undefined, issuer);
    const speaks = (path: string) => [protocol, none].map((each) => each.speaks(gatewayRequest({ path })));
    expect(speaks('/console')).toEqual([true, false]);
    expect(speaks('/console/x')).toEqual([true, false]);
    expect(speaks('/consoles')).toEqual([false, false]);
    expect(speaks('/')).toEqual([false, false]);
  });

  it('passes what only this machine has to whoever starts the stack', async () => {
    const answerLocal = vi.fn(async () => ({ status: 422, body: { message: 'no' } }));
    const { ask } = setUp({ answerLocal });
    const { status, body } = await ask('/console/local/sources/x/try', { method: 'POST', body: '{}' });
    expect([status, body]).toEqual([422, '{"message":"no"}']);
    expect(answerLocal).toHaveBeenCalledWith({
      method: 'POST',
      path: 'sources/x/try',
      body: Buffer.from('{}'),
      endpoint: 'http://127.0.0.1:8010',
    });
    expect((await setUp().ask('/console/local/samples')).status).toBe(404);
  });
});

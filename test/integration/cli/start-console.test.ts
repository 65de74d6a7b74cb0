import { existsSync, readdirSync } from 'node:fs';
import { get } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../soak/stack/free-port.ts';
import { type StartedStack, startStack } from '../../support/started-stack.ts';

const root = resolve(import.meta.dirname, '../../..');

let port: number;
let stack: StartedStack;
beforeAll(async () => {
  port = await freePort();
  stack = await startStack(port, ['--no-sample']);
});
afterAll(() => stack?.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);

/** Returns the status of a request with exactly these headers: `fetch` adds some of a browser's itself. */
const getStatus = (path: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((done, failed) => {
    get({ host: '127.0.0.1', port, path, headers }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    }).on('error', failed);
  });

const askJson = async (path: string, body?: unknown) => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await ask(path, init);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

interface Payload {
  readonly source: string;
  readonly name: string;
  readonly payload: unknown;
}

const getSamples = async () =>
  (await askJson('/console/local/samples')).body as unknown as {
    readonly events: readonly { readonly type: string; readonly event: object }[];
    readonly payloads: readonly Payload[];
  };

describe('the console of a started stack', () => {
  it('is named by what the command prints, and by what the stack says of itself', async () => {
    expect(stack.printed()).toContain(`The console is at http://127.0.0.1:${port}/console/`);
    expect((await askJson('/')).body.console).toBe(`http://127.0.0.1:${port}/console/`);
  });

  it('is built from its sources, and works under its own policy', async () => {
    const answer = await ask('/console/');
    const page = await answer.text();
    expect(answer.status).toBe(200);
    const scripts = [...page.matchAll(/<script[^>]* src="(\/console\/assets\/[^"]+)"/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, path = ''] of scripts) {
      const script = await ask(path);
      expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(script.headers.get('cache-control')).toContain('immutable');
    }
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
    const builds = readdirSync(join(root, '.sluice/console')).filter((name) => !name.includes('.'));
    expect(builds.length).toBeGreaterThan(0);
    expect(builds.every((name) => existsSync(join(root, '.sluice/console', name, 'index.html')))).toBe(true);
  });

  it('tells the page of its issuer, which describes itself', async () => {
    const { body } = await askJson('/console/config.json');
    const { body: described } = await askJson(new URL(String(body.discovery)).pathname);
    expect(described).toMatchObject({ issuer: body.issuer, code_challenge_methods_supported: ['S256'] });
  });

  it('tries what vendors send without sending it, and then sends it signed', async () => {
    for (const { source, name, payload } of (await getSamples()).payloads) {
      const about = `${source} ${name}`;
      const tried = await askJson(`/console/local/sources/${source}/try`, payload);
      expect([about, tried.status, tried.body.source]).toEqual([about, 200, source]);
      const sent = await askJson(`/console/local/sources/${source}/send`, payload);
      expect([about, sent.status, sent.body.status]).toEqual([about, 200, 200]);
      expect([about, JSON.parse(String(sent.body.answer)).events > 0]).toEqual([about, true]);
    }
  });

  it('puts an event of each type on the bus', async () => {
    for (const { type, event } of (await getSamples()).events) {
      const { status, body } = await askJson('/console/local/events', event);
      expect([type, status, body.problems]).toEqual([type, 200, []]);
    }
  });

  it('puts an event on the bus that will be rejected, and says why', async () => {
    const [sample] = (await getSamples()).events;
    const { status, body } = await askJson('/console/local/events', { ...sample?.event, detail: {} });
    expect(status).toBe(200);
    expect(body.problems).toEqual([
      { path: 'detail.metadata', given: 'nothing', allowed: 'an object' },
      { path: 'detail.data', given: 'nothing', allowed: 'an object' },
    ]);
  });

  it.each([
    ['sources/nobody/try', {}, 404, 'there is no source nobody; allowed: calendly, '],
    ['sources/hubspot/try', 3, 422, 'this is nothing that hubspot sends'],
    ['events', { source: 'sluice', 'detail-type': 'X', detail: {} }, 422, 'the bus refuses this event'],
    ['other', {}, 404, 'is unknown'],
  ])('says what is wrong with a request: %s', async (path, given, status, said) => {
    const answer = await askJson(`/console/local/${path}`, given);
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringContaining(said)]);
  });

  it('says that a body is no JSON', async () => {
    const answer = await ask('/console/local/sources/hubspot/try', { method: 'POST', body: '{' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { message: expect.any(String), problems: [] },
    ]);
  });

  it('is opened by links of other sites, which get nothing else', async () => {
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await getStatus('/console/', link)).toBe(200);
    const embedded = { ...link, 'sec-fetch-dest': 'iframe' };
    const fetched = { ...link, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' };
    expect(await getStatus('/console/', embedded)).toBe(400);
    expect(await getStatus('/console/', fetched)).toBe(400);
    for (const path of ['/', '/local/authorize', '/local/sign-out', '/console/config.json', '/api/leads'])
      expect([path, await getStatus(path, link)]).toEqual([path, path === '/api/leads' ? 403 : 400]);
  });

  it('gives pages of other origins none of it', async () => {
    const headers = { origin: 'https://evil.example' };
    for (const path of ['/console/config.json', '/console/local/samples', '/local/authorize'])
      expect([path, (await ask(path, { headers })).ok]).toEqual([path, false]);
  });
});

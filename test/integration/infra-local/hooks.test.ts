import { describe, expect, it } from 'vitest';
import type { LocalStack } from '../../../infra/local/stack.ts';
import { apiResources, door, echo } from './http-api-template.ts';
import { run } from './run.ts';

const hooks = {
  'POST /hooks/{source}': [],
  'OPTIONS /hooks/{source}': [],
  $default: [],
};
const withHooks = () => ({ ...apiResources(), ...door('Hooks', { routes: hooks, authorizer: 'NONE' }) });

interface Received {
  readonly routeKey: string;
  readonly rawPath: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: { readonly authorizer?: unknown; readonly http: { readonly method: string } };
}

const send = async ({ endpoint }: LocalStack, path: string, init: RequestInit): Promise<Received> => {
  const answer = await fetch(`${endpoint}${path}`, init);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Received;
};

const post = (stack: LocalStack, body: string | Buffer, type: string) =>
  send(stack, '/hooks/crm', {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: { 'content-type': type },
  });

describe('a door that asks nobody who they are', () => {
  it('hands a request on without an authorizer, whatever credentials it carries', async () => {
    const stack = await run(withHooks(), { echo });
    const event = await send(stack, '/hooks/crm', {
      method: 'POST',
      body: '{}',
      headers: { authorization: 'Bearer whatever' },
    });
    expect(event).toMatchObject({ routeKey: 'POST /hooks/{source}', pathParameters: { source: 'crm' } });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it('answers OPTIONS, and everything else below its root by $default', async () => {
    const stack = await run(withHooks(), { echo });
    expect(await send(stack, '/hooks/crm', { method: 'OPTIONS' })).toMatchObject({
      routeKey: 'OPTIONS /hooks/{source}',
      requestContext: { http: { method: 'OPTIONS' } },
    });
    expect((await send(stack, '/hooks/crm', { method: 'PUT' })).routeKey).toBe('$default');
    expect((await send(stack, '/hooks/a/b', { method: 'POST' })).routeKey).toBe('$default');
    expect((await send(stack, '/hooks', { method: 'GET' })).routeKey).toBe('$default');
  });

  it('shares the address with doors that ask: these keep their paths', async () => {
    const stack = await run(withHooks(), { echo });
    expect((await fetch(`${stack.endpoint}/api/open`)).status).toBe(401);
    expect((await fetch(`${stack.endpoint}/hooksy`, { method: 'POST' })).headers.get('apigw-requestid')).toBe(
      null,
    );
  });

  it('passes every byte of a body on: texts as they are, all else in base64', async () => {
    const stack = await run(withHooks(), { echo });
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const cases = [
      [Buffer.from('\ufeff{ "a" : "é\r\n" }'), 'application/json', false],
      [Buffer.from('{"a":1}'), 'application/cloudevents+json', true],
      [bytes, 'application/octet-stream', true],
      // No text, whatever it is called.
      [bytes, 'application/json', true],
      [Buffer.from('a=%F6'), 'application/x-www-form-urlencoded', true],
    ] as const;
    for (const [body, type, encoded] of cases) {
      const event = await post(stack, body, type);
      expect([type, event.isBase64Encoded]).toEqual([type, encoded]);
      expect(Buffer.from(event.body ?? '', encoded ? 'base64' : 'utf8')).toEqual(body);
    }
  });

  it('refuses pages of other origins, which could not sign anyway', async () => {
    const stack = await run(withHooks(), { echo });
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect(
        (await fetch(`${stack.endpoint}/hooks/crm`, { method: 'POST', body: '{}', headers })).status,
      ).toBe(403);
  });
});

describe('an app with doors that could not be told from each other', () => {
  const broken = (resources: object) => run({ ...withHooks(), ...resources } as never, { echo });

  it('is refused if two of them ask nobody, below one root', async () => {
    await expect(broken(door('More', { routes: hooks, authorizer: 'NONE' }))).rejects.toThrow(
      /same type of authorizer/,
    );
  });

  it('is refused if another one asks, below the same root', async () => {
    await expect(broken(door('More', { routes: hooks, authorizer: 'AWS_IAM' }))).rejects.toThrow(
      /another API answers below \/hooks/,
    );
  });

  it('is refused if one of them has two roots', async () => {
    const routes = { 'POST /hooks/a': [], 'GET /api/b': [] };
    await expect(
      run({ ...apiResources(), ...door('More', { routes, authorizer: 'NONE' }) }, { echo }),
    ).rejects.toThrow(/given paths below hooks and api; allowed: all below \/api, or all below \/hooks/);
  });

  it('is refused if a path is one of an AWS service', async () => {
    const routes = { 'POST /webhooks/a': [] };
    await expect(
      run({ ...apiResources(), ...door('More', { routes, authorizer: 'NONE' }) }, { echo }),
    ).rejects.toThrow(
      'RouteKey: given POST /webhooks/a; allowed are $default, and a method with a path below /api or /hooks',
    );
  });
});

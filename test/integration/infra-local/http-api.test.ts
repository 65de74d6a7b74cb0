import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StackClock } from '../../../infra/local/clock/stack-clock.ts';
import type { LocalStack, LocalStackProps } from '../../../infra/local/stack.ts';
import { apiResources, echo } from './http-api-template.ts';
import { run } from './run.ts';
import { getAtt, ref, type TemplateResource } from './template.ts';

const signed =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/execute-api/aws4_request, ' +
  'SignedHeaders=host;x-amz-date, Signature=0a1b';

const start = (props: Partial<LocalStackProps> = {}, template?: { readonly timeoutMs?: number }) =>
  run(apiResources(template), { echo }, props);

const askToken = async ({ endpoint }: LocalStack, wish: object = {}): Promise<string> => {
  const answer = await fetch(`${endpoint}/local/tokens`, { method: 'POST', body: JSON.stringify(wish) });
  return ((await answer.json()) as { token: string }).token;
};

const bearer = async (stack: LocalStack, wish?: object): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await askToken(stack, wish)}`,
});

interface Ask extends RequestInit {
  readonly headers?: Record<string, string>;
}

const ask = (stack: LocalStack, path: string, init: Ask = {}) => fetch(`${stack.endpoint}${path}`, init);

/** The body of an answer, as far as the tests look into it. */
interface Body extends Record<string, unknown> {
  readonly name?: string;
  readonly message?: string;
  readonly jwks_uri?: string;
  readonly requestContext?: {
    readonly requestId: string;
    readonly http: { readonly method: string };
    readonly authorizer: { readonly jwt: { readonly scopes: unknown } };
  };
}

const askJson = async (stack: LocalStack, path: string, init?: Ask) => {
  const answer = await ask(stack, path, init);
  return { status: answer.status, body: (await answer.json()) as Body };
};

/** Returns the status and the text of what API Gateway itself answers. */
const askText = async (stack: LocalStack, path: string, init?: Ask) => {
  const answer = await ask(stack, path, init);
  return [answer.status, await answer.text()];
};

const refusal = (status: number, message: string) => [status, JSON.stringify({ message })];

describe('the door for people', () => {
  it('lets in who has a token, and tells the function who it is', async () => {
    const stack = await start();
    const headers = await bearer(stack, {
      role: 'seller',
      subject: 'j@example.com',
      queues: ['sales', 'emea'],
    });
    const { status, body } = await askJson(stack, '/api/leads/a%2Fb?at=1', { headers });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: '2.0',
      routeKey: 'GET /api/leads/{id}',
      rawPath: '/api/leads/a/b',
      rawQueryString: 'at=1',
      pathParameters: { id: 'a/b' },
      queryStringParameters: { at: '1' },
      headers: { authorization: headers.authorization },
      requestContext: { accountId: '000000000000', apiId: 'App-PeopleApi', stage: '$default' },
    });
    expect(body.requestContext?.authorizer).toEqual({
      jwt: {
        claims: {
          iss: 'https://sluice.local',
          aud: 'sluice',
          sub: 'j@example.com',
          scope: 'sluice/seller',
          queues: '[sales emea]',
          iat: expect.stringMatching(/^\d+$/),
          exp: expect.stringMatching(/^\d+$/),
          jti: expect.any(String),
        },
        scopes: ['sluice/seller'],
      },
    });
  });

  it('hands on the answer with the id of the request', async () => {
    const stack = await start();
    const headers = await bearer(stack);
    const answer = await ask(stack, '/api/leads/l-1', { headers });
    expect(answer.headers.get('etag')).toBe('"3"');
    expect(answer.headers.get('apigw-requestid')).toBe(
      ((await answer.json()) as Body).requestContext?.requestId,
    );
    const cookies = await ask(stack, '/api/leads/l-1?do=cookies', { headers });
    expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const binary = await ask(stack, '/api/leads/l-1?do=binary', { headers });
    expect(Buffer.from(await binary.arrayBuffer())).toEqual(Buffer.from([0, 255]));
    expect((await ask(stack, '/api/leads/l-1?do=unchanged', { headers })).status).toBe(304);
    expect(await askText(stack, '/api/leads/l-1?do=plain', { headers })).toEqual([200, '{"plain":true}']);
  });

  it('takes a token without the word before it, as API Gateway does', async () => {
    const stack = await start();
    const authorization = await askToken(stack);
    expect((await ask(stack, '/api/leads/l-1', { headers: { authorization } })).status).toBe(200);
  });

  it('has no scopes to tell where a route asks for none', async () => {
    const stack = await start();
    const { body } = await askJson(stack, '/api/open', { headers: await bearer(stack) });
    expect(body.requestContext?.authorizer.jwt.scopes).toBeNull();
  });

  it.each([
    ['without a token', undefined, 'Bearer'],
    ['with an empty one', 'Bearer ', 'Bearer'],
    ['with no token', 'Bearer abc', 'error="invalid_token"'],
    ['with a password', 'Basic amFuZTpzZWNyZXQ=', 'error="invalid_token"'],
  ])('refuses a request %s', async (_, authorization, challenge) => {
    const stack = await start();
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    for (const path of ['/api/leads/l-1', '/api/no-such-route', '/api']) {
      const answer = await ask(stack, path, { headers });
      expect([answer.status, await answer.text()]).toEqual(refusal(401, 'Unauthorized'));
      expect(answer.headers.get('www-authenticate')).toContain(challenge);
    }
    expect(stack.counts().Echo?.invocations).toBe(0);
  });

  it('refuses a token that has expired', async () => {
    const stack = await start();
    const headers = await bearer(stack, { hours: 0.0001 });
    const answer = await vi.waitFor(
      async () => {
        const late = await ask(stack, '/api/leads/l-1', { headers });
        expect(late.status).toBe(401);
        return late;
      },
      { timeout: 5_000, interval: 100 },
    );
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token has expired"',
    );
  });

  it('refuses a token of another stack', async () => {
    const [stack, other] = await Promise.all([start(), start()]);
    const headers = await bearer(other);
    expect(await askText(stack, '/api/leads/l-1', { headers })).toEqual(refusal(401, 'Unauthorized'));
  });

  it('refuses a token without one of the scopes of the route', async () => {
    const stack = await start();
    const headers = await bearer(stack, { role: 'seller' });
    const answer = await ask(stack, '/api/leads/l-1', { method: 'DELETE', headers });
    expect([answer.status, await answer.text()]).toEqual(refusal(403, 'Forbidden'));
    expect(answer.headers.get('www-authenticate')).toContain(
      'scope="sluice/admin" error="insufficient_scope"',
    );
    expect(stack.counts().Echo?.invocations).toBe(0);
    const admin = await bearer(stack, { role: 'admin' });
    expect((await ask(stack, '/api/leads/l-1', { method: 'DELETE', headers: admin })).status).toBe(200);
  });

  it('refuses two tokens', async () => {
    const stack = await start();
    const { authorization } = await bearer(stack);
    const lines = [`Authorization: ${authorization}`, `Authorization: ${authorization}`];
    expect(await sendRaw(stack, 'GET /api/leads/l-1', lines)).toMatch(/^HTTP\/1.1 401 /);
  });

  it('has HEAD and OPTIONS as routes like any other', async () => {
    const stack = await start();
    const headers = await bearer(stack);
    const head = await ask(stack, '/api/leads/l-1', { method: 'HEAD', headers });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const { body } = await askJson(stack, '/api/leads/l-1', { method: 'OPTIONS', headers });
    expect([body.routeKey, body.requestContext?.http.method]).toEqual(['$default', 'OPTIONS']);
    expect((await ask(stack, '/api/leads/l-1', { method: 'OPTIONS' })).status).toBe(401);
  });
});

describe('the door for services', () => {
  it('lets in who signs, and tells the function who it is', async () => {
    const stack = await start();
    const { body } = await askJson(stack, '/api/leads/l-1', { headers: { authorization: signed } });
    expect(body.requestContext).toMatchObject({
      apiId: 'App-ServicesApi',
      authorizer: {
        iam: {
          accessKey: 'AKIDEXAMPLE',
          userArn: 'arn:aws:iam::000000000000:user/local',
          cognitoIdentity: null,
        },
      },
    });
    const remove = { method: 'DELETE', headers: { authorization: signed } };
    expect((await ask(stack, '/api/leads/l-1', remove)).status).toBe(200);
  });

  it.each([
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=a',
    'AWS4-HMAC-SHA256 Signature=0, Credential=a/b',
  ])('refuses what is no signature: %s', async (authorization) => {
    const stack = await start();
    expect(await askText(stack, '/api/leads/l-1', { headers: { authorization } })).toEqual(
      refusal(403, 'Forbidden'),
    );
    expect(stack.counts().Echo?.invocations).toBe(0);
  });
});

describe('a request of the API', () => {
  const post = (headers: Record<string, string>, body: string | Buffer): Ask => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as NonNullable<RequestInit['body']>,
  });
  const service = { authorization: signed };

  it('has its body', async () => {
    const stack = await start();
    const { body } = await askJson(stack, '/api/echo', post(service, '{"a":1}'));
    expect([body.body, body.isBase64Encoded]).toEqual(['{"a":1}', false]);
  });

  it('is refused if it is too large for the gateway, or for the function', async () => {
    const stack = await start();
    const large = refusal(413, 'Request Entity Too Large');
    for (const megabytes of [7, 11]) {
      const body = Buffer.alloc(megabytes * 1_048_576, 'x');
      expect(await askText(stack, '/api/echo', post(service, body))).toEqual(large);
    }
    expect(stack.counts().Echo?.invocations).toBe(0);
  });

  it.each(['/api/leads/50%', '/api/leads/%zz', '/api/%'])(
    'is refused with a malformed path: %s',
    async (path) => {
      const stack = await start();
      const answer = await sendRaw(stack, `GET ${path}`, [`Authorization: ${signed}`]);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain('{"message":"Bad Request"}');
      expect(stack.counts().Echo?.invocations).toBe(0);
    },
  );

  it.each(['fail', 'not-json', 'bad-header'])(
    'is answered by 500 if the function has none: %s',
    async (what) => {
      const stack = await start();
      expect(await askText(stack, `/api/leads/l-1?do=${what}`, { headers: service })).toEqual(
        refusal(500, 'Internal Server Error'),
      );
      expect((await ask(stack, '/api/leads/l-1', { headers: service })).status).toBe(200);
    },
  );

  it('is answered by 503 if the function is late, which runs on', async () => {
    const stack = await start({}, { timeoutMs: 100 });
    const answer = askText(stack, '/api/leads/l-1?do=wait&ms=1000', { headers: service });
    expect(await answer).toEqual(refusal(503, 'Service Unavailable'));
    await stack.idle();
    expect(stack.counts().Echo).toEqual({ invocations: 1, errors: 0 });
  });

  it('is work that the stack waits for', async () => {
    const stack = await start();
    let isAnswered = false;
    const answered = ask(stack, '/api/leads/l-1?do=wait&ms=300', { headers: service }).then(() => {
      isAnswered = true;
    });
    await vi.waitFor(() => expect(stack.counts().Echo?.invocations).toBe(1));
    await stack.idle();
    await answered;
    expect(isAnswered).toBe(true);
  });

  it('ends with the stack', async () => {
    const stack = await start();
    const answer = ask(stack, '/api/leads/l-1?do=wait&ms=60000', { headers: service }).then(
      ({ status }) => status,
      () => 'cut',
    );
    await vi.waitFor(() => expect(stack.counts().Echo?.invocations).toBe(1));
    await stack.close();
    expect([500, 'cut']).toContain(await answer);
  });

  it('waits for an environment of the function, as others do', async () => {
    const stack = await start({ concurrency: 1 });
    const all = Array.from({ length: 5 }, () =>
      ask(stack, '/api/leads/l-1?do=wait&ms=20', { headers: service }),
    );
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('leaves the other paths of the endpoint as they are', async () => {
    const stack = await start();
    expect(await askText(stack, '/apis/leads')).toEqual([404, expect.stringContaining('NoSuchBucket')]);
    expect((await askJson(stack, '/')).body.name).toBe('sluice');
  });
});

/** Sends a request with exactly these lines, and returns the answer as text. */
const sendRaw = async ({ endpoint }: LocalStack, line: string, headers: readonly string[], body = '') => {
  const { host, port } = new URL(endpoint);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const own = headers.some((header) => header.startsWith('Host: ')) ? [] : [`Host: ${host}`];
  const length = body === '' ? [] : [`Content-Length: ${body.length}`];
  socket.write(
    [`${line} HTTP/1.1`, ...own, ...headers, ...length, 'Connection: close', '', body].join('\r\n'),
  );
  return text(socket);
};

describe('a page of another origin', () => {
  const pages = [
    ['a page of another port', ['Origin: http://localhost:3000']],
    [
      'a page of the name that it gave this machine',
      ['Host: evil.example:PORT', 'Origin: http://evil.example:PORT'],
    ],
    ['a page of that name, without an origin', ['Host: evil.example:PORT']],
    ['a page without an origin', ['Origin: null']],
    ['a page of another site that follows a link', ['Sec-Fetch-Site: cross-site']],
    ['a page of another port that follows a link', ['Sec-Fetch-Site: same-site']],
  ] as const;

  it.each(pages)('can neither read nor write, also with a token: %s', async (_, lines) => {
    const stack = await start();
    const { authorization } = await bearer(stack, { role: 'admin' });
    const { port } = new URL(stack.endpoint);
    const headers = lines.map((line) => line.replaceAll('PORT', port));
    for (const credentials of [[`Authorization: ${authorization}`], [`Authorization: ${signed}`], []]) {
      for (const line of ['GET /api/leads/l-1', 'DELETE /api/leads/l-1', 'OPTIONS /api/leads/l-1']) {
        const answer = await sendRaw(stack, line, [...headers, ...credentials]);
        expect(answer).toMatch(/^HTTP\/1.1 403 /);
        expect(answer.toLowerCase()).not.toContain('access-control-allow');
      }
      const form = [...headers, ...credentials, 'Content-Type: text/plain'];
      expect(await sendRaw(stack, 'POST /api/echo', form, '{}')).toMatch(/^HTTP\/1.1 403 /);
    }
    expect(stack.counts().Echo?.invocations).toBe(0);
  });

  it.each(pages)('gets no token: %s', async (_, lines) => {
    const stack = await start();
    const { port } = new URL(stack.endpoint);
    const headers = [...lines.map((line) => line.replaceAll('PORT', port)), 'Content-Type: text/plain'];
    const answer = await sendRaw(stack, 'POST /local/tokens', headers, '{"role":"admin"}');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).not.toContain('"token"');
    expect(await sendRaw(stack, 'GET /local/.well-known/jwks.json', headers)).not.toContain('"keys"');
  });

  it('is not one of the same origin', async () => {
    const stack = await start();
    const { authorization } = await bearer(stack);
    const own = [
      `Origin: ${stack.endpoint}`,
      'Sec-Fetch-Site: same-origin',
      `Authorization: ${authorization}`,
    ];
    expect(await sendRaw(stack, 'GET /api/leads/l-1', own)).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('the issuer of the stack', () => {
  it('describes itself to clients of OpenID Connect', async () => {
    const stack = await start();
    const { body } = await askJson(stack, '/local/.well-known/openid-configuration');
    expect(body).toMatchObject({
      issuer: 'https://sluice.local',
      jwks_uri: `${stack.endpoint}/local/.well-known/jwks.json`,
      scopes_supported: ['sluice/viewer', 'sluice/seller', 'sluice/admin'],
    });
    const keys = await askJson(stack, new URL(body.jwks_uri ?? '').pathname);
    expect(keys.body).toEqual({ keys: [expect.objectContaining({ kty: 'RSA', alg: 'RS256' })] });
    expect(JSON.stringify(keys.body)).not.toContain('"d"');
  });

  it.each([
    [{ role: 'owner' }, 'role'],
    [{ hours: 0 }, 'hours'],
    [{ hours: 9_000 }, 'hours'],
    [{ subject: '' }, 'subject'],
    [{ queues: ['a b'] }, 'queues'],
    [{ scope: 'sluice/admin' }, 'scope'],
    [[], 'object'],
  ])('gives no token for %j', async (wish, named) => {
    const stack = await start();
    const { status, body } = await askJson(stack, '/local/tokens', {
      method: 'POST',
      body: JSON.stringify(wish),
    });
    expect([status, body.message]).toEqual([400, expect.stringContaining(named)]);
  });

  it('has no other paths', async () => {
    const stack = await start();
    expect((await ask(stack, '/local/tokens')).status).toBe(404);
    expect((await ask(stack, '/local/other')).status).toBe(404);
  });

  it('keeps to the clock of the system if the stack has another one', async () => {
    const clock = new StackClock(Date.UTC(2020, 0, 1));
    const stack = await start({ clock });
    const headers = await bearer(stack, { hours: 1 });
    clock.moveTo(Date.UTC(2040, 0, 1));
    expect((await ask(stack, '/api/leads/l-1', { headers })).status).toBe(200);
  });

  it('is not started with a key that can not be read', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-api-'));
    onTestFinished(() => rmSync(dataFolder, { recursive: true }));
    writeFileSync(join(dataFolder, 'issuer-key.pem'), 'damaged');
    await expect(start({ dataFolder })).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining('issuer-key.pem'),
    });
  });

  it('knows its tokens after a restart with the same data', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-api-'));
    onTestFinished(() => rmSync(dataFolder, { recursive: true }));
    const first = await start({ dataFolder });
    const headers = await bearer(first);
    await first.close();
    const second = await start({ dataFolder });
    expect((await ask(second, '/api/leads/l-1', { headers })).status).toBe(200);
  });
});

describe('an app with APIs', () => {
  const change = (id: string, properties: object): Record<string, TemplateResource> => {
    const all: Record<string, TemplateResource> = apiResources();
    const before = all[id];
    if (before === undefined) throw new Error(`there is no ${id}`);
    return { ...all, [id]: { ...before, Properties: { ...before.Properties, ...properties } } };
  };
  const starting = (resources: Record<string, TemplateResource>) => run(resources, { echo });

  it.each<[string, string, object]>([
    ['with CORS', 'PeopleApi', { CorsConfiguration: { AllowOrigins: ['*'] } }],
    ['of WebSockets', 'PeopleApi', { ProtocolType: 'WEBSOCKET' }],
    ['with a property that nobody knows', 'PeopleApi', { Mtls: true }],
    ['with another stage', 'PeopleStage', { StageName: 'prod' }],
    ['that is not deployed by itself', 'PeopleStage', { AutoDeploy: false }],
    ['with stage variables', 'PeopleStage', { StageVariables: { a: 'b' } }],
    ['with an authorizer that is a function', 'PeopleAuthorizer', { AuthorizerType: 'REQUEST' }],
    ['with a token in another place', 'PeopleAuthorizer', { IdentitySource: ['$request.querystring.token'] }],
    ['with an integration that is no function', 'PeopleIntegration', { IntegrationType: 'HTTP_PROXY' }],
    ['with an older payload', 'PeopleIntegration', { PayloadFormatVersion: '1.0' }],
    ['with changed parameters', 'PeopleIntegration', { RequestParameters: { a: 'b' } }],
    ['with a function of somebody else', 'PeopleRoute0', { Target: 'integrations/other' }],
    ['with a route that is open', 'PeopleRoute0', { AuthorizationType: 'NONE' }],
    ['with an authorizer of somebody else', 'PeopleRoute0', { AuthorizerId: 'other' }],
    ['with both authorizers', 'PeopleRoute0', { AuthorizationType: 'AWS_IAM' }],
    ['with a route outside of /api', 'PeopleRoute0', { RouteKey: 'GET /leads' }],
    ['with a key that is none', 'PeopleRoute0', { RouteKey: 'GET leads' }],
  ])('is refused %s', async (_, id, properties) => {
    await expect(starting(change(id, properties))).rejects.toMatchObject({
      code: 'RESOURCE_INVALID',
      message: expect.stringContaining(id.replace('PeopleRoute0', 'People')),
    });
  });

  /** Returns the resources, and a copy of some under other names and with other properties. */
  const withCopies = (names: Readonly<Record<string, string>>, properties: object) => {
    const all: Record<string, TemplateResource> = apiResources();
    const copies = Object.entries(names).map(([copy, id]) => [
      copy,
      { ...all[id], Properties: { ...all[id]?.Properties, ...properties } },
    ]);
    return { ...all, ...Object.fromEntries(copies) };
  };

  it('is refused with two APIs that have the same type of authorizer', async () => {
    const { PeopleApi } = apiResources() as Record<string, TemplateResource>;
    const copies = withCopies(
      { OtherStage: 'PeopleStage', OtherRoute: 'PeopleRoute0' },
      { ApiId: ref('OtherApi') },
    );
    await expect(starting({ ...copies, OtherApi: PeopleApi })).rejects.toThrow(
      'another API has the same type of authorizer',
    );
  });

  it('is refused with two issuers', async () => {
    const jwt = { JwtConfiguration: { Issuer: 'https://other.example', Audience: ['sluice'] } };
    const { OtherAuthorizer } = withCopies({ OtherAuthorizer: 'PeopleAuthorizer' }, jwt);
    const resources = {
      ...change('PeopleRoute0', { AuthorizerId: ref('OtherAuthorizer') }),
      OtherAuthorizer,
    };
    await expect(starting(resources)).rejects.toThrow(
      'all routes of an API need the same issuer and audience',
    );
  });

  it('may name the invocation of a function in place of the function', async () => {
    const uri = {
      'Fn::Join': [
        '',
        [
          'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
          getAtt('Echo', 'Arn'),
          '/invocations',
        ],
      ],
    };
    const stack = await starting(change('ServicesIntegration', { IntegrationUri: uri }));
    expect((await ask(stack, '/api/leads/l-1', { headers: { authorization: signed } })).status).toBe(200);
  });

  it('has the address of its APIs at the endpoint', async () => {
    const resources = change('Echo', {
      Environment: { Variables: { URL: getAtt('PeopleApi', 'ApiEndpoint') } },
    });
    const stack = await run(resources, {
      echo: 'export const handler = async () => ({ url: process.env.URL });',
    });
    const headers = { authorization: signed };
    expect((await askJson(stack, '/api/leads/l-1', { headers })).body).toEqual({ url: stack.endpoint });
  });

  it('has no issuer and no API without one', async () => {
    const stack = await run({ Q: { Type: 'AWS::SQS::Queue' } }, {});
    for (const path of ['/api/leads', '/local/tokens'])
      expect(await askText(stack, path)).toEqual([404, expect.stringContaining('NoSuchBucket')]);
  });
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiClient, describeReply, type Sender } from '../../e2e/api/api-client.ts';
import { startIssuer } from '../../e2e/api/issuer.ts';
import { people } from '../../e2e/api/people.ts';

/** Starts a server, and a client of it whose APIs have hosts that nobody resolves. */
const start = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const connectTo = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new ApiClient({
    people: () => ({ url: 'http://people.execute-api.127.0.0.1:1', connectTo }),
    services: () => ({ url: 'http://services.execute-api.127.0.0.1:1', connectTo }),
    issueToken: async (person) => `token-of-${person}`,
    sign: async () => ({
      region: 'us-east-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    }),
  });
};

const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('a client of the API', () => {
  it('sends requests with the host of the door and what its sender is known by', async () => {
    const api = await start(({ method, url, headers }, response) => {
      const { host, authorization } = headers;
      json(response, 200, { method, url, host, authorization });
    });
    const seen = async (sender: Sender) =>
      (await api.call(sender, 'getTimeline', { path: { id: 'a@b' }, query: { limit: '2' } })).body;
    const sent = { method: 'GET', url: '/api/leads/a%40b/timeline?limit=2' };
    const atPeople = { ...sent, host: 'people.execute-api.127.0.0.1:1' };
    expect(await seen('seller')).toEqual({ ...atPeople, authorization: 'Bearer token-of-seller' });
    expect(await seen('nobody')).toEqual(atPeople);
    expect(await seen('service')).toEqual({
      ...sent,
      host: 'services.execute-api.127.0.0.1:1',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/us-east-1\/execute-api\/aws4_request, SignedHeaders=host;.*, Signature=[0-9a-f]{64}$/,
      ),
    });
  });

  it('knows which routes it has called at which door', async () => {
    const api = await start((_, response) => json(response, 200, {}));
    await api.call('viewer', 'listModels');
    await api.call('service', 'listLeads');
    expect(api.uncalled('people')).not.toContain('listModels');
    expect(api.uncalled('people')).toContain('listLeads');
    expect(api.uncalled('services')).toContain('listModels');
  });

  it('fails with the route, the sender and the reply if that is another than expected', async () => {
    const problem = { type: 'urn:sluice:problem:not-found' };
    const api = await start((_, response) => json(response, 404, problem));
    await expect(api.expect('200', 'viewer', 'listModels')).rejects.toThrow(
      'GET /api/models by viewer: answered 404 not-found {"type":"urn:sluice:problem:not-found"}; expected 200',
    );
    expect(describeReply(await api.expect('404 not-found', 'viewer', 'listModels'))).toBe('404 not-found');
  });

  it('reads an answer without a body', async () => {
    const api = await start((_, response) => response.writeHead(304, { etag: '"3"' }).end());
    const reply = await api.expect('304', 'viewer', 'listModels');
    expect([reply.body, reply.headers.etag]).toEqual([undefined, '"3"']);
  });
});

describe('the issuer on loopback', () => {
  it('gives tokens that whoever finds its keys by discovery can verify', async () => {
    const issuer = await startIssuer('sluice');
    onTestFinished(() => issuer.close());
    expect(issuer.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const read = async (url: string) => (await fetch(url)).json();
    const described = (await read(`${issuer.url}/.well-known/openid-configuration`)) as {
      issuer: string;
      jwks_uri: string;
    };
    expect(described.issuer).toBe(issuer.url);
    const keys = (await read(described.jwks_uri)) as Jwks;
    const claims = verifyJwtSync(await issuer.issueToken(people.seller), keys, {
      issuer: issuer.url,
      audience: 'sluice',
    });
    expect(claims).toMatchObject({ sub: 'sam@example.com', scope: 'sluice/seller', queues: ['sales'] });
    expect((await fetch(`${issuer.url}/else`)).status).toBe(404);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queuesClaim, scopeOf } from '../../../events/api/index.ts';
import { Issuer } from '../../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../../infra/local/issuer/signing-key.ts';
import type { Person } from './people.ts';

export interface RunningIssuer {
  /** The URL that tokens have in `iss`. */
  readonly url: string;
  readonly issueToken: (person: Person) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts an OpenID Connect issuer on loopback, where an emulated gateway finds its keys by discovery. */
export const startIssuer = async (audience: string): Promise<RunningIssuer> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = new Issuer({ issuer: url, audience: [audience] }, () => loadSigningKey());
  const documents = new Map<string | undefined, () => Promise<object>>([
    ['/.well-known/openid-configuration', async () => ({ issuer: url, jwks_uri: `${url}/keys` })],
    ['/keys', async () => ({ keys: await issuer.listKeys() })],
  ]);
  server.on('request', async (request, response) => {
    const document = await documents.get(request.url)?.();
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  return {
    url,
    issueToken: async ({ role, subject, queues }) => {
      const claims = { scope: scopeOf(role), ...(queues.length > 0 && { [queuesClaim]: queues }) };
      return (await issuer.issue({ subject, hours: 1, claims })).token;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

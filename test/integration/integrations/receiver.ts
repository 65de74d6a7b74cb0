import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The ways in which a receiver may answer. `silence`: it never does. */
export type Behaviour =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'silence' };

export const works: Behaviour = { kind: 'status', status: 200 };

export interface Delivered {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const answer = (behaviour: Behaviour, response: ServerResponse): void => {
  switch (behaviour.kind) {
    case 'status':
      response.writeHead(behaviour.status, behaviour.headers).end('{}');
      return;
    case 'garbage':
      response.socket?.end('220 smtp.example ESMTP\r\n\r\n');
      return;
    case 'silence':
      return;
    default:
      behaviour satisfies never;
  }
};

/** A receiver of webhooks on this machine that does what a test says. */
export class Receiver {
  behaviour: Behaviour = works;
  readonly requests: Delivered[] = [];
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** Listens, at the same port as before if it was down. */
  async listen(): Promise<this> {
    const server = createServer(async (request, response) => {
      this.requests.push({ headers: request.headers, body: await text(request) });
      answer(this.behaviour, response);
    });
    this.server = server;
    await once(server.listen(this.port, '127.0.0.1'), 'listening');
    this.port = (server.address() as AddressInfo).port;
    return this;
  }

  async goDown(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

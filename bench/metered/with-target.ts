import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Target {
  readonly url: string;
  /** Returns the requests and the bytes of their bodies since the last call. */
  readonly take: () => { readonly requests: number; readonly bytes: number };
}

/** Runs a target of deliveries during `work`, which answers each request after some milliseconds. */
export const withTarget = async <T>(afterMs: number, work: (target: Target) => Promise<T>): Promise<T> => {
  let [requests, bytes] = [0, 0];
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    incoming.on('end', () => setTimeout(() => outgoing.writeHead(204).end(), afterMs));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sluice`,
      take: () => {
        const taken = { requests, bytes };
        [requests, bytes] = [0, 0];
        return taken;
      },
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnswerRequest } from '../address.ts';

/** Serves an engine of this process on 127.0.0.1, for clients that need an address. */
export const serve = async (
  answer: AnswerRequest,
): Promise<{ readonly endpoint: string; readonly stop: () => Promise<void> }> => {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const { status, headers, body } = answer(
      String(incoming.headers['x-amz-target'] ?? ''),
      Buffer.concat(chunks),
    );
    outgoing.writeHead(status, headers).end(body);
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
};

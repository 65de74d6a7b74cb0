import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// Runs in a process of its own: accepts every PutEvents request over HTTP, and tells the parent its port.

const readText = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return text;
};

const server = createServer(async (request, response) => {
  const { Entries } = JSON.parse(await readText(request)) as { readonly Entries: readonly unknown[] };
  const answer = { FailedEntryCount: 0, Entries: Entries.map((_, i) => ({ EventId: `${i}` })) };
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());

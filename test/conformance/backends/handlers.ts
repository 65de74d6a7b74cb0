import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Handler, LambdaEvent } from './app.ts';

/**
 * A function's code that sends its event to the test and returns the test's answer, so that a test can define the
 * handler.
 */
export const forwarder = `export const handler = async (event) => {
  const answer = await fetch(process.env.HANDLER_URL, { method: 'POST', body: JSON.stringify(event) });
  const { error, value } = await answer.json();
  if (error !== undefined) throw new Error(error);
  return value;
};`;

export interface Handlers {
  readonly urlOf: (name: string) => string;
  readonly got: (name: string) => readonly LambdaEvent[];
  readonly stop: () => Promise<void>;
}

/** Serves the forwarders, wherever the back end runs them. */
export const serveHandlers = async (handlers: Readonly<Record<string, Handler>>): Promise<Handlers> => {
  const events = new Map<string, LambdaEvent[]>(Object.keys(handlers).map((name) => [name, []]));
  const run = async (name: string, body: string): Promise<object> => {
    const [handler, got] = [handlers[name], events.get(name)];
    if (handler === undefined || got === undefined) return { error: `there is no function ${name}` };
    const event = JSON.parse(body) as LambdaEvent;
    const before = got.push(event) - 1;
    try {
      return { value: await handler(event, before) };
    } catch (error) {
      return { error: String(error) };
    }
  };
  const server = createServer(async (incoming, outgoing) => {
    const answer = await run((incoming.url ?? '').slice(1), await text(incoming));
    outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    got: (name) => events.get(name) ?? [],
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

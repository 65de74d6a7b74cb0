import type { ChildProcess } from 'node:child_process';
import { Agent } from 'node:http';
import { Socket } from 'node:net';

/** Opens a connection to an engine that has no address on this machine. */
export type Connect = () => Promise<Socket>;

/**
 * Returns a function that opens connections through the connector of an isolated engine. The connector hands each one
 * over, so that what is sent over it doesn't pass through a third process.
 */
export const connectThrough = (connector: ChildProcess): Connect => {
  // Connections are all alike, so the first that asked gets the first that is there.
  const waiting: PromiseWithResolvers<Socket>[] = [];
  const take = (): PromiseWithResolvers<Socket> | undefined => {
    const next = waiting.shift();
    // Nothing else may keep this process alive while it waits.
    if (waiting.length === 0) connector.channel?.unref();
    return next;
  };
  connector.on('message', (message, handle) => {
    if (handle instanceof Socket) take()?.resolve(handle);
    else take()?.reject(new Error(String(message)));
  });
  connector.on('disconnect', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the DynamoDB engine has ended'));
  });
  return () => {
    const asked = Promise.withResolvers<Socket>();
    if (!connector.connected) asked.reject(new Error('the DynamoDB engine has ended'));
    else {
      waiting.push(asked);
      connector.channel?.ref();
      connector.send('connect', (error) => error && asked.reject(error));
    }
    return asked.promise;
  };
};

/** Creates an agent for requests to an engine. */
export const createAgent = (connect?: Connect): Agent => {
  const agent = new Agent({ keepAlive: true });
  if (connect !== undefined) {
    agent.createConnection = (_options, callback) => {
      connect().then(
        (socket) => callback?.(null, socket),
        (error: Error) => callback?.(error, undefined as never),
      );
      return undefined;
    };
  }
  return agent;
};

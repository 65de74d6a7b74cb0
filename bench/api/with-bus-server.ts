import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a server that accepts PutEvents during `work`, in a process of its own, so that its work doesn't count as that of
 * its clients.
 */
export const withBusServer = async <T>(work: (endpoint: string) => Promise<T>): Promise<T> => {
  const server = fork(`${import.meta.dirname}/put-events-server.ts`, { stdio: 'ignore' });
  try {
    const [port] = await once(server, 'message');
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
  }
};

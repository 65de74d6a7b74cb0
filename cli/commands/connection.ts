import type { Command } from 'commander';
import {
  type Connection,
  type ConnectOptions,
  connect,
  defaultEndpoint,
  disconnect,
} from '../stack/connect.ts';

/** The options by which a command finds the stack that it works on. */
export const withConnectionOptions = (command: Command): Command =>
  command
    .option('--endpoint <url>', 'the stack: the URL of a local one, or aws', defaultEndpoint)
    .option('--table <name>', "the leads table, where it isn't the local stack's")
    .option('--bus <name>', "the event bus, where it isn't the local stack's");

export const connected = async <T>(
  options: ConnectOptions,
  work: (connection: Connection) => Promise<T>,
): Promise<T> => {
  const connection = await connect(options);
  try {
    return await work(connection);
  } finally {
    disconnect(connection);
  }
};

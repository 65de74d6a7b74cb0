import { text } from 'node:stream/consumers';
import { note } from '../output/print.ts';

/** Reads a secret from standard input. As an argument it would be in the history of the shell and in the list of processes. */
export const readSecretInput = async (input: NodeJS.ReadStream = process.stdin): Promise<string> => {
  if (input.isTTY) note('Paste the secret and press Enter, then Ctrl-D:');
  return (await text(input)).replace(/\r?\n$/, '');
};

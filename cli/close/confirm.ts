import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import { CliError, UsageError } from '../errors.ts';
import { note } from '../output/print.ts';

const readLine = async (input: Readable): Promise<string> => {
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
};

/**
 * Asks the person at the terminal to type the id of the lead that goes, since it can't be brought back.
 *
 * @throws UsageError if nobody is at a terminal
 * @throws CliError `NOT_CONFIRMED` if something else was typed
 */
export const confirm = async (
  leadId: string,
  what: string,
  input: Readable & { readonly isTTY?: boolean } = process.stdin,
): Promise<void> => {
  if (input.isTTY !== true)
    throw new UsageError(`nothing was sent: there is no terminal to ask at; --yes confirms that ${what}`);
  note(`This can't be undone. Type ${leadId} to confirm that ${what}:`);
  const typed = (await readLine(input)).trim();
  if (typed === leadId) return;
  throw new CliError('NOT_CONFIRMED', `nothing was sent: given ${JSON.stringify(typed)}; allowed: ${leadId}`);
};

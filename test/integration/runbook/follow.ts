import { writeFileSync } from 'node:fs';
import { findFence, findFences, parseFences, readDocument, splitLines } from '../../support/docs.ts';
import { type CommandResult, sluice } from '../../support/sluice-command.ts';

const tried = findFences(parseFences(readDocument('runbook.md')), 'tried');

/** The blocks of the runbook that say that they are tried. */
export const triedBlocks = (): string[] => [...tried.keys()];

const followed = new Set<string>();

/** Those that were followed by now. */
export const followedBlocks = (): string[] => [...followed];

/** The values of the words in capitals in the runbook, such as `ID`. */
export type Values = Readonly<Record<string, string>>;

const filled = (word: string, values: Values): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), word);

/**
 * Runs the commands of a block of the runbook, one after the other, as they stand there, against a stack.
 *
 * @param values of what the runbook leaves open, and of names of files
 */
export const follow = async (
  block: string,
  endpoint: string,
  values: Values = {},
): Promise<CommandResult[]> => {
  followed.add(block);
  const results: CommandResult[] = [];
  for (const line of splitLines(findFence(tried, block))) {
    const [, , ...words] = line.split(' ');
    const redirected = words.indexOf('>');
    const args = redirected === -1 ? words : words.slice(0, redirected);
    const result = await sluice(...args.map((word) => filled(word, values)), '--endpoint', endpoint);
    if (redirected !== -1) writeFileSync(filled(words.at(-1) ?? '', values), result.stdout);
    results.push(result);
  }
  return results;
};

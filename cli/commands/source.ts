import type { Command } from 'commander';
import { addSourceCheck } from './source-check.ts';
import { addSourceList } from './source-list.ts';
import { addSourceSecret } from './source-secret.ts';
import { addSourceTry } from './source-try.ts';

/** Adds the commands for sources, the tools that send events. */
export const addSource = (program: Command): void => {
  const source = program
    .command('source')
    .description('the tools that send events: what has come from them, their documents, and their secrets');
  for (const add of [addSourceList, addSourceCheck, addSourceTry, addSourceSecret]) add(source);
};

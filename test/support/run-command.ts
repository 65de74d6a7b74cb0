import { Command, CommanderError } from 'commander';
import { vi } from 'vitest';
import { UsageError } from '../../cli/errors.ts';
import type { CommandResult } from './sluice-command.ts';

/** Runs a command in this process, which takes a fraction of the time that a process of its own takes. */
export const runCommand = async (
  add: (program: Command) => void,
  ...args: readonly string[]
): Promise<CommandResult> => {
  const output = { stdout: '', stderr: '' };
  const write = (to: keyof typeof output) => (text: unknown) => {
    output[to] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line) => void write('stdout')(`${line}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation(write('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(write('stderr')),
  ];
  // Subcommands take these settings over from the program that they are added to.
  const program = new Command().exitOverride().configureOutput({ writeErr: write('stderr') });
  try {
    add(program);
    await program.parseAsync([...args], { from: 'user' });
    return { code: 0, ...output };
  } catch (error) {
    if (!(error instanceof CommanderError)) output.stderr += `sluice: ${(error as Error).message}\n`;
    const misused = error instanceof UsageError || error instanceof CommanderError;
    return { code: misused ? 2 : 1, ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

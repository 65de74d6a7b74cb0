import type { Command } from 'commander';
import { vi } from 'vitest';
import { runProgram } from '../../cli/run-program.ts';
import { SluiceCommand } from '../../cli/sluice-command.ts';
import type { CommandResult } from './sluice-command.ts';

/** Runs a command in this process, which takes a fraction of the time that a process of its own takes. */
export const runCommand = async (
  add: (program: Command) => void,
  ...args: readonly string[]
): Promise<CommandResult> => {
  const output = { stdout: '', stderr: '' };
  const capture = (name: keyof typeof output) =>
    vi.spyOn(process[name], 'write').mockImplementation((text: unknown) => {
      output[name] += String(text);
      return true;
    });
  const spies = [capture('stdout'), capture('stderr')];
  try {
    const program = new SluiceCommand();
    add(program);
    return { code: await runProgram(program, args), ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

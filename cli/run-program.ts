import { type Command, CommanderError } from 'commander';
import { UsageError } from './errors.ts';
import { formatError } from './format-error.ts';
import { note } from './output/print.ts';

/** Returns the exit code of an error: 0 for help and version, 1 for a failure, 2 for wrong usage. */
const resolveExitCode = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError ? 2 : 1;
};

/** Runs the command that the arguments name, reports its error, and returns the exit code. */
export const runProgram = async (program: Command, args: readonly string[]): Promise<number> => {
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    note(formatError(error));
    return resolveExitCode(error);
  }
};

import { parseArgs } from 'node:util';

/** Ends the process with 2 where a command that takes no options was given something, and says so. */
export const refuseOptions = (command: string): void => {
  try {
    parseArgs({ options: {} });
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nusage: ${command} (no options are allowed)`,
    );
    process.exit(2);
  }
};

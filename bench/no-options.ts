import { parseArgs } from 'node:util';

/** Ends the process with exit code 2 and a message if a command without options was given arguments. */
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

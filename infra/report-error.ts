/** Reports why an app could not be synthesized. The message names the wrong value; a stack trace helps nobody. */
export const reportError = (error: unknown): void => {
  console.error(error instanceof Error ? `Error: ${error.message}` : error);
  process.exitCode = 1;
};

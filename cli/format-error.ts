import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { InvalidModelError } from '../shared/scoring/index.ts';
import { CliError } from './errors.ts';

/** Whether an error is the answer of an AWS service, such as that a table does not exist. */
const isServiceError = (error: unknown): error is Error => error instanceof Error && '$metadata' in error;

/** Whether an error comes from Node or from another module that gives its errors codes, with a message for the user. */
const hasCode = (error: unknown): error is Error =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'string';

/** Whether an error says that the SDK found no credentials, or none that are still valid. */
const isWithoutCredentials = (error: unknown): error is Error =>
  error instanceof Error && /^(Credentials|Token)ProviderError$/.test(error.name);

/**
 * Returns the lines that tell the user about an error. Those of an unknown error, which is a bug, are its stack.
 * Commander has printed its own errors already.
 */
export const formatError = (error: unknown): string[] => {
  if (error instanceof CommanderError) return [];
  if (error instanceof CliError || error instanceof InvalidModelError) {
    const [first, ...details] = error.lines;
    return [`sluice: ${first}`, ...details];
  }
  if (isWithoutCredentials(error))
    return [
      `sluice: no AWS credentials: ${error.message}`,
      '  set AWS_PROFILE, or sign in; `npx sluice doctor --aws` says what is there',
    ];
  if (isServiceError(error)) return [`sluice: ${error.name}: ${error.message}`];
  return hasCode(error) ? [`sluice: ${error.message}`] : inspect(error).split('\n');
};

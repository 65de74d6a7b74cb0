import { Logger } from '@aws-lambda-powertools/logger';
import { currentCorrelation } from './correlation.ts';

/** What the middleware tells of the invocation. Write through `logger`. */
export const powertoolsLogger = new Logger();

export type Fields = Readonly<Record<string, string | number | readonly string[]>>;

/** Structured logs, each line with the story that it is about. Never hand an event to it: only counts, codes and references. */
export const logger = {
  info: (message: string, fields: Fields = {}): void =>
    powertoolsLogger.info(message, { ...currentCorrelation(), ...fields }),
  warn: (message: string, fields: Fields = {}): void =>
    powertoolsLogger.warn(message, { ...currentCorrelation(), ...fields }),
  error: (message: string, fields: Fields = {}): void =>
    powertoolsLogger.error(message, { ...currentCorrelation(), ...fields }),
};

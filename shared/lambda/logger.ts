import { Logger } from '@aws-lambda-powertools/logger';
import { currentCorrelation } from './correlation.ts';

/** The logger of Powertools, to which the middleware adds the fields of the invocation. Use `logger` for writing. */
export const powertoolsLogger = new Logger();

export type Fields = Readonly<Record<string, string | number | readonly string[]>>;

/** Writes structured log lines, each with its correlations. Log only counts, codes and references, never an event. */
export const logger = {
  info: (message: string, fields: Fields = {}): void =>
    powertoolsLogger.info(message, { ...currentCorrelation(), ...fields }),
  warn: (message: string, fields: Fields = {}): void =>
    powertoolsLogger.warn(message, { ...currentCorrelation(), ...fields }),
  error: (message: string, fields: Fields = {}): void =>
    powertoolsLogger.error(message, { ...currentCorrelation(), ...fields }),
};

import { withCorrelation } from './correlation.ts';
import { errorFields } from './errors.ts';
import { logger } from './logger.ts';

/**
 * Runs the work of a whole invocation. If all of it fails, a log line names the correlations that wait for the retry.
 */
export const invocationWithCorrelation = <T>(
  ids: () => Iterable<string>,
  work: () => Promise<T>,
): Promise<T> =>
  withCorrelation(ids, async () => {
    try {
      return await work();
    } catch (error) {
      logger.error('invocation failed', errorFields(error));
      throw error;
    }
  });

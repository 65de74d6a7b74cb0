import { withCorrelation } from './correlation.ts';
import { errorFields } from './errors.ts';
import { logger } from './logger.ts';

/** The work of a whole invocation: where all of it fails, a line says which stories wait for the next try. */
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

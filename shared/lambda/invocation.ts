import { errorFields } from './errors.ts';
import { logger } from './logger.ts';
import { about } from './story.ts';

/** The work of a whole invocation: where all of it fails, a line says which stories wait for the next try. */
export const invocationAbout = <T>(ids: () => Iterable<string>, work: () => Promise<T>): Promise<T> =>
  about(ids, async () => {
    try {
      return await work();
    } catch (error) {
      logger.error('invocation failed', errorFields(error));
      throw error;
    }
  });

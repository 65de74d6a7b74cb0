import type { BusEvent } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import { count, errorFields, logger } from '../../shared/lambda/index.ts';
import type { RequestDeps } from './deps.ts';

/** The seconds after which a caller may try again. */
const retryAfter = { 'retry-after': '5' };

/**
 * Puts events on the bus. Returns the indexes of those that the bus refused, if it took at least one.
 *
 * @throws ApiProblem if the bus took none
 */
export const putOnBus = async (
  { bus }: Pick<RequestDeps, 'bus'>,
  events: readonly BusEvent[],
): Promise<ReadonlySet<number>> => {
  if (events.length === 0) return new Set();
  const refused = await bus.publish(events).catch((error: unknown) => {
    logger.error('events not put', errorFields(error));
    return [...events.keys()];
  });
  if (refused.length < events.length) return new Set(refused);
  count('RequestsFailed', 1);
  throw new ApiProblem(
    'unavailable',
    'the bus takes no events at the moment; the request may be sent again',
    [],
    retryAfter,
  );
};

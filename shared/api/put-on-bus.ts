import type { BusEvent } from '../../events/index.ts';
import type { Bus } from '../bus/index.ts';
import { count, errorFields, logger } from '../lambda/index.ts';
import { ApiProblem } from './problems.ts';

interface BusDeps {
  readonly bus: Bus;
}

/** The seconds after which a caller may try again. */
const retryAfter = { 'retry-after': '5' };

/** The most events that are handed to the bus at once: ten requests. */
const mostEvents = 100;

/** Hands events to the bus. Returns the indexes of those that it has refused, or of all if that can't be known. */
const publish = async ({ bus }: BusDeps, events: readonly BusEvent[]): Promise<readonly number[]> => {
  try {
    return await bus.publish(events);
  } catch (error) {
    logger.error('events not put', errorFields(error));
    return [...events.keys()];
  }
};

/**
 * Puts events on the bus. Returns the indexes of those that the bus refused, if it took at least one. Once it takes none
 * it is asked no more, so that the caller gets an answer before the gateway gives up.
 *
 * @throws ApiProblem if the bus took none
 */
export const putOnBus = async (deps: BusDeps, events: readonly BusEvent[]): Promise<ReadonlySet<number>> => {
  const refused = new Set<number>();
  let isDown = false;
  for (let from = 0; from < events.length; from += mostEvents) {
    const some = events.slice(from, from + mostEvents);
    const failed: readonly number[] = isDown ? [...some.keys()] : await publish(deps, some);
    isDown ||= failed.length === some.length;
    for (const index of failed) refused.add(from + index);
  }
  if (refused.size < events.length || events.length === 0) return refused;
  count('RequestsFailed', 1);
  throw new ApiProblem(
    'unavailable',
    'the bus takes no events at the moment; the request may be sent again',
    [],
    retryAfter,
  );
};

import { limits, showValue } from '../../events/index.ts';
import { ApiProblem, type Caller } from '../../shared/api/index.ts';

/**
 * Returns the actor that an event names: the person of the token, or whom a service names, else the service itself.
 *
 * @throws ApiProblem if a person names an actor
 */
export const nameActor = (caller: Caller, given: string | undefined): string => {
  if (caller.kind === 'service') return given ?? caller.arn.slice(0, limits.idLength);
  if (given === undefined) return caller.name;
  throw new ApiProblem('invalid-request', 'only a service names the actor', [
    { path: 'body.actor', given: showValue(given), allowed: 'no actor: it is the person of the token' },
  ]);
};
